package io.github.workqueue.autoconfigure;

import java.util.Map;

import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What the console shows of mistakes that stand somewhere else than where they show: in a
 * property, in another handler, in a proxy.
 */
@ExtendWith(OutputCaptureExtension.class)
class MistakeOriginsTests {

	@ParameterizedTest
	@MethodSource
	void reports(String name, String configuration, Class<?>[] fixtures, CapturedOutput output) {
		assertThat(MistakeReports.report(output, configuration, fixtures))
			.isEqualTo(MistakeReports.expected("mistakes-" + name + ".txt"));
	}

	static Arguments[] reports() {
		return new Arguments[] { arguments("placeholders", "placeholders.yml", new Class<?>[] { Placeholders.class }),
				arguments("limits", "limits.yml", new Class<?>[0]),
				arguments("names", "none.yml", new Class<?>[] { First.class, Second.class }),
				arguments("jdk-proxy", "none.yml", new Class<?>[] { Wrapped.class }),
				arguments("single", "placeholders.yml", new Class<?>[] { Single.class }) };
	}

	static class Placeholders {

		@DelayedWork(delay = "${app.delay}", debounce = true, maxWait = "${app.max-wait:never}")
		void commit() {
		}

		@Work(queue = "${app.queue}", maxAttempts = "${app.attempts}", backoff = "${app.first}..${app.max} x2")
		void index(String key) {
		}

	}

	static class Single {

		@Work(queue = "medai")
		void index(String key) {
		}

	}

	static class First {

		@Work("both")
		void one() {
		}

		@Work(name = " ")
		void blank() {
		}

		@Work(key = "#order.")
		void unfinished(Map<String, String> order) {
		}

	}

	static class Second {

		@Work("both")
		void two() {
		}

	}

	interface Job {

		void work();

	}

	static class Unseen implements Job {

		@Override
		public void work() {
		}

		@Work
		public void other() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Wrapped {

		@Bean
		Unseen unseen() {
			return new Unseen();
		}

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
			proxies.setBeanNames("unseen");
			proxies.setProxyTargetClass(false);
			proxies.setInterceptorNames("interceptor");
			return proxies;
		}

		@Bean
		static MethodInterceptor interceptor() {
			return MethodInvocation::proceed;
		}

	}

}
