package io.github.workqueue.autoconfigure;

import java.util.List;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.support.StaticApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the console shows when something cannot work. The whole text is compared, so that
 * every message is read as a user reads it.
 */
@ExtendWith(OutputCaptureExtension.class)
class MistakesTests {

	@Test
	void configuration(CapturedOutput output) {
		assertThat(MistakeReports.report(output, "mistakes.yml", Taken.class))
			.isEqualTo(MistakeReports.expected("mistakes-configuration.txt"));
	}

	@Test
	void handlers(CapturedOutput output) {
		assertThat(MistakeReports.report(output, "none.yml", Careless.class))
			.isEqualTo(MistakeReports.expected("mistakes-handlers.txt"));
	}

	@Test
	void finishedBeans(CapturedOutput output) {
		assertThat(MistakeReports.report(output, "none.yml", Hidden.class, Wrapped.class, Factory.class))
			.isEqualTo(MistakeReports.expected("mistakes-finished-beans.txt"));
	}

	@Test
	void moreHandlers(CapturedOutput output) {
		assertThat(MistakeReports.report(output, "none.yml", Misplaced.class, Taken.class))
			.isEqualTo(MistakeReports.expected("mistakes-more-handlers.txt"));
	}

	@Test
	void anOldSpringBoot(CapturedOutput output) {
		SpringApplication application = MistakeReports.application("none.yml");
		application.addInitializers(new SpringBootVersionVerifier(() -> "3.5.6"));
		assertThatThrownBy(application::run).isNotNull();
		assertThat(MistakeReports.printed(output)).isEqualTo(MistakeReports.expected("mistakes-old-spring-boot.txt"));
	}

	@Test
	void aSpringBootThatSaysNothingIsTaken() {
		assertThatNoException().isThrownBy(() -> {
			new SpringBootVersionVerifier(() -> null).initialize(new StaticApplicationContext());
			new SpringBootVersionVerifier(() -> "main-SNAPSHOT").initialize(new StaticApplicationContext());
			new SpringBootVersionVerifier(() -> "4.1.2").initialize(new StaticApplicationContext());
		});
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
	static class Misplaced {

		@Bean
		@Scope("prototype")
		Prototype prototype() {
			return new Prototype();
		}

		@Bean
		Contract contract() {
			return new Contract() {
			};
		}

		@Bean
		Plain plain() {
			return new Plain();
		}

	}

	static class Prototype {

		@Work
		void many() {
		}

	}

	interface Contract {

		@Work
		default void promised() {
		}

	}

	static class Plain {

		@Work
		void late(DelayedWorkItem item) {
		}

		@Work(name = "taken")
		void named() {
		}

		@Work(batchSize = 2)
		void many(List<?> anything) {
		}

		@DelayedWork(delay = "-1s")
		void early() {
		}

		@Work(name = " ")
		void blank() {
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

	static class Factory implements FactoryBean<String> {

		@Override
		public String getObject() {
			return "product";
		}

		@Override
		public Class<?> getObjectType() {
			return String.class;
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
