package io.github.workqueue.autoconfigure;

import java.util.concurrent.Executor;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.Work;
import io.micrometer.common.KeyValue;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What surrounds an execution: captured context and observation.
 */
class ContextTests {

	private static final ThreadLocal<String> VALUE = new ThreadLocal<>();

	private final ApplicationContextRunner runner = WorkqueueRunner.plain().withUserConfiguration(Handlers.class);

	@Test
	void decoratorsWrapInTheOrderOfBootsComposite() {
		this.runner.withUserConfiguration(First.class, Second.class).run((context) -> {
			context.getBean("item", WorkItem.class).schedule();
			Calls calls = context.getBean(Calls.class);
			calls.awaitExactly("Second before", "First before", "item null", "First after", "Second after");
			context.getBean("system_wq.executor", Executor.class).execute(() -> calls.add("task"));
			await().until(() -> calls.all().size() == 10);
			assertThat(calls.all().subList(5, 10)).containsExactly("Second before", "First before", "task",
					"First after", "Second after");
		});
	}

	@Tag("boot-4.1")
	@Test
	void propagatesContextWithBootsProperty() {
		ContextRegistry.getInstance().registerThreadLocalAccessor("workqueue.test", VALUE);
		try {
			this.runner.withPropertyValues("spring.task.execution.propagate-context=true").run((context) -> {
				VALUE.set("of the request");
				try {
					context.getBean("item", WorkItem.class).schedule();
					context.getBean(Calls.class).awaitExactly("item of the request");
				}
				finally {
					VALUE.remove();
				}
			});
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("workqueue.test");
		}
	}

	@Test
	void aRetryKeepsTheCaptureOfTheRequest() {
		this.runner.withUserConfiguration(Capturing.class).run((context) -> {
			VALUE.set("captured");
			try {
				KeyedWork<String> failing = WorkqueueRunner.keyed(context, "failing");
				failing.schedule("k");
			}
			finally {
				VALUE.remove();
			}
			context.getBean(Calls.class).awaitExactly("failing captured", "failing captured");
		});
	}

	@Test
	void observesEveryExecution() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.runner.withBean(TestObservationRegistry.class, () -> registry).run((context) -> {
			context.getBean("item", WorkItem.class).schedule();
			WorkqueueRunner.keyed(context, "failing").schedule("secret key");
			context.getBean(Calls.class);
			await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry)
				.hasNumberOfObservationsWithNameEqualTo("workqueue.execution", 3));
			TestObservationRegistryAssert.assertThat(registry)
				.hasAnObservationWithAKeyValue(KeyValue.of("exception", "none"))
				.hasAnObservationWithAKeyValue(KeyValue.of("outcome", "SUCCESS"))
				.hasAnObservationWithAKeyValue(KeyValue.of("work", "item"))
				.hasAnObservationWithAKeyValue(KeyValue.of("queue", "system_wq"))
				.hasAnObservationWithAKeyValue(KeyValue.of("exception", "IllegalStateException"))
				.hasAnObservationWithAKeyValue(KeyValue.of("outcome", "ERROR"));
			assertThat(registry.toString()).doesNotContain("secret key");
		});
	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@Work(name = "item")
		void item() {
			this.calls.add("item " + VALUE.get());
		}

		@Work(name = "failing", maxAttempts = "2", backoff = "1ms")
		void failing(String key) {
			this.calls.add("failing " + VALUE.get());
			throw new IllegalStateException("again");
		}

	}

	abstract static class Naming implements TaskDecorator {

		private final Calls calls;

		Naming(Calls calls) {
			this.calls = calls;
		}

		@Override
		public Runnable decorate(Runnable task) {
			return () -> {
				this.calls.add(getClass().getSimpleName() + " before");
				task.run();
				this.calls.add(getClass().getSimpleName() + " after");
			};
		}

	}

	@Order(1)
	static class First extends Naming {

		First(Calls calls) {
			super(calls);
		}

	}

	@Order(2)
	static class Second extends Naming {

		Second(Calls calls) {
			super(calls);
		}

	}

	static class Capturing implements TaskDecorator {

		@Override
		public Runnable decorate(Runnable task) {
			String value = VALUE.get();
			return () -> {
				VALUE.set(value);
				try {
					task.run();
				}
				finally {
					VALUE.remove();
				}
			};
		}

	}

}
