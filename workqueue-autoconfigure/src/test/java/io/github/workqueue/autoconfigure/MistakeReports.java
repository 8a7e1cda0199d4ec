package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Starts applications that cannot work, and reads what the console shows.
 */
final class MistakeReports {

	private MistakeReports() {
	}

	/** The text that is expected, from a file beside the tests. */
	static String expected(String name) {
		try {
			return new ClassPathResource(name, MistakeReports.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String report(CapturedOutput output, String configuration, Class<?>... fixtures) {
		assertThatThrownBy(application(configuration, fixtures)::run).isNotNull();
		return printed(output);
	}

	static String printed(CapturedOutput output) {
		String printed = output.getOut();
		return printed.substring(printed.indexOf("Description:")).strip() + "\n";
	}

	static SpringApplication application(String configuration, Class<?>... fixtures) {
		return new SpringApplicationBuilder(Application.class).sources(fixtures)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=error",
					"spring.config.location=optional:classpath:/io/github/workqueue/autoconfigure/" + configuration)
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ WorkqueueAutoConfiguration.class, AopAutoConfiguration.class })
	static class Application {

	}

}
