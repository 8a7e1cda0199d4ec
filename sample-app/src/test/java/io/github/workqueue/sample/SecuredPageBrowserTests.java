package io.github.workqueue.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

import io.github.workqueue.Workqueues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.logging.LogType;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBe;

/**
 * Changes something by the page of the endpoint {@code workqueueui} where Spring Security
 * refuses whoever cannot show a CSRF token. Runs with {@code -Pbrowser}.
 */
@Tag("browser")
@ExtendWith(Browser.class)
class SecuredPageBrowserTests {

	private ConfigurableApplicationContext application;

	private Workqueues workqueues;

	@BeforeEach
	void start() {
		this.application = SpringApplication.run(Application.class, "--server.port=0",
				"--management.endpoint.workqueues.access=unrestricted");
		this.workqueues = this.application.getBean(Workqueues.class);
	}

	@AfterEach
	void leave(Browser.Session session) {
		session.driver().get("about:blank");
		session.driver().manage().logs().get(LogType.BROWSER);
		this.application.close();
	}

	@Test
	void thePageShowsTheTokenAndOthersAreRefused(Browser.Session session) throws Exception {
		assertThat(freezeWithoutToken()).isEqualTo(403);
		assertThat(this.workqueues.isFrozen()).isFalse();
		session.driver().get(url("/actuator/workqueueui"));
		session.waitFor(textToBe(By.id("freeze"), "Freeze"));
		session.driver().findElement(By.id("freeze")).click();
		session.waitFor(elementToBeClickable(By.id("confirm-yes"))).click();
		session.waitFor((driver) -> this.workqueues.isFrozen());
		session.assertNoComplaints();
	}

	private int freezeWithoutToken() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url("/actuator/workqueues")))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"frozen\":true}"))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.application.getEnvironment().getRequiredProperty("local.server.port") + path;
	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSecurity
	static class Application {

		@Bean
		SecurityFilterChain everybodyWithAToken(HttpSecurity http) {
			return http.csrf(CsrfConfigurer::spa)
				.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.build();
		}

	}

}
