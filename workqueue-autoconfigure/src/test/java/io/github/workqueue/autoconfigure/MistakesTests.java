package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the console shows when something cannot work. The whole text is compared, so that
 * every message is read as a user reads it.
 */
@ExtendWith(OutputCaptureExtension.class)
class MistakesTests {

	@Test
	void configuration(CapturedOutput output) throws IOException {
		assertThat(report(output, "mistakes.yml", Taken.class)).isEqualTo(expected("mistakes-configuration.txt"));
	}

	@Test
	void handlers(CapturedOutput output) throws IOException {
		assertThat(report(output, "none.yml", Careless.class)).isEqualTo(expected("mistakes-handlers.txt"));
	}

	@Test
	void finishedBeans(CapturedOutput output) throws IOException {
		assertThat(report(output, "none.yml", Hidden.class, Wrapped.class))
			.isEqualTo(expected("mistakes-finished-beans.txt"));
	}

	private static String expected(String name) throws IOException {
		return new ClassPathResource(name, MistakesTests.class).getContentAsString(StandardCharsets.UTF_8);
	}

	private static String report(CapturedOutput output, String configuration, Class<?>... fixtures) {
		SpringApplication application = new SpringApplicationBuilder(Application.class).sources(fixtures)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=error",
					"spring.config.location=optional:classpath:/io/github/workqueue/autoconfigure/" + configuration)
			.build();
		assertThatThrownBy(application::run).isNotNull();
		String printed = output.getOut();
		return printed.substring(printed.indexOf("Description:")).strip() + "\n";
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ WorkqueueAutoConfiguration.class, AopAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class Taken {

		@Bean
		StringBuilder taken() {
			return new StringBuilder();
		}

	}

	record Order(int id) {
	}

	static class Careless {

		@Work(queue = "system_wp", backoff = "1s x2", maxAttempts = "0")
		String first() {
			return "";
		}

		@Work
		@DelayedWork(delay = "${no.such.property}", maxWait = "1s")
		static void second(String one, String other) {
		}

		@DelayedWork(delay = "soon", batchSize = 3, onStartup = true)
		void third(Order order) {
		}

		@Work(key = "#oder.id", name = "careless")
		void fourth(Order order) {
		}

		@Work(key = "#a0", batchSize = -1)
		void fifth() {
		}

		@Work(batchSize = 1)
		void fifth(WorkItem item) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hidden {

		@Bean
		Runnable hidden() {
			return new Handler();
		}

		@Bean
		Handler declared() {
			return new Handler();
		}

		@Bean
		Runnable sameObject(@Qualifier("declared") Handler declared) {
			return declared;
		}

	}

	static class Handler implements Runnable {

		@Override
		public void run() {
		}

		@Work
		void step() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Wrapped {

		@Bean
		Secretive secretive() {
			return new Secretive();
		}

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
			proxies.setBeanNames("secretive");
			proxies.setProxyTargetClass(true);
			proxies.setInterceptorNames("interceptor");
			return proxies;
		}

		@Bean
		static MethodInterceptor interceptor() {
			return MethodInvocation::proceed;
		}

	}

	static class Secretive {

		@Work
		private void behind() {
		}

		@Work
		final void fixed() {
		}

		@Work
		void visible() {
		}

	}

}
