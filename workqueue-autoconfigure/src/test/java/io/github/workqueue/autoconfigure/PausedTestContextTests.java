package io.github.workqueue.autoconfigure;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contexts that the cache of Spring's tests pauses while another test has its turn.
 */
class PausedTestContextTests {

	@Test
	void aCachedContextIsFrozenWhileAnotherIsInUse() throws Exception {
		TestContextManager first = new TestContextManager(First.class);
		ApplicationContext one = use(first);
		Workqueues workqueues = one.getBean(Workqueues.class);
		Calls calls = one.getBean(Calls.class);
		first.afterTestClass();
		TestContextManager second = new TestContextManager(Second.class);
		ApplicationContext two = use(second);
		assertThat(two).isNotSameAs(one);
		assertThat(workqueues.isFrozen()).isTrue();
		assertThat(two.getBean(Workqueues.class).isFrozen()).isFalse();
		one.getBean("frozen", WorkItem.class).schedule();
		one.getBean("warm", WorkItem.class).schedule();
		calls.awaitExactly("warm");
		second.afterTestClass();
		TestContextManager again = new TestContextManager(First.class);
		assertThat(use(again)).isSameAs(one);
		assertThat(workqueues.isFrozen()).isFalse();
		calls.awaitExactly("warm", "frozen");
		again.afterTestClass();
		((ConfigurableApplicationContext) one).close();
		((ConfigurableApplicationContext) two).close();
	}

	private static ApplicationContext use(TestContextManager manager) throws Exception {
		manager.beforeTestClass();
		return manager.getTestContext().getApplicationContext();
	}

	@ContextConfiguration(classes = Application.class)
	@TestPropertySource(properties = "workqueue.cpus=1")
	static class First {

	}

	@ContextConfiguration(classes = Application.class)
	@TestPropertySource(properties = "workqueue.cpus=2")
	static class Second {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WorkqueueAutoConfiguration.class)
	@Import({ Calls.class, Handlers.class })
	static class Application {

	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@Work(name = "frozen", queue = "system_freezable_wq")
		void frozen() {
			this.calls.add("frozen");
		}

		@Work(name = "warm")
		void warm() {
			this.calls.add("warm");
		}

	}

}
