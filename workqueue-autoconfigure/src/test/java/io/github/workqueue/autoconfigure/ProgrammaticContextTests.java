package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Work without an annotation is decorated and observed as handlers are: rules of the
 * context hold for every item of its engine.
 */
class ProgrammaticContextTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.plain().withUserConfiguration(Handlers.class);

	private final ApplicationContextRunner decorated = this.runner.withUserConfiguration(Decorators.class);

	@AfterEach
	void clear() {
		MDC.clear();
	}

	/** Something that has "work" noted by the calls of the context, once. */
	private record Kind(String name, Request request) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	@FunctionalInterface
	private interface Request {

		void make(ApplicationContext context, Runnable work) throws Exception;

	}

	static Stream<Kind> kinds() {
		return Stream.of(new Kind("initWork", (context, work) -> engine(context).initWork("w", run(work)).schedule()),
				new Kind("initDelayedWork", ProgrammaticContextTests::delayed),
				new Kind("initKeyedWork", ProgrammaticContextTests::keyed),
				new Kind("asExecutor", (context, work) -> queue(context).asExecutor().execute(work)),
				new Kind("executor bean",
						(context, work) -> context.getBean("system_unbound_wq.executor", Executor.class).execute(work)),
				new Kind("workOnCpu", (context, work) -> engine(context).workOnCpu(0, callable(work))),
				new Kind("a queue that came later", (context, work) -> {
					Workqueue later = engine(context).allocOrdered("later");
					engine(context).initWork("w", later, run(work)).schedule();
				}), new Kind("handler", (context, work) -> context.getBean("handler", WorkItem.class).schedule()));
	}

	private static void delayed(ApplicationContext context, Runnable work) throws InterruptedException {
		DelayedWorkItem item = engine(context).initDelayedWork("w", run(work));
		item.schedule(Duration.ofHours(1));
		MDC.clear();
		item.flush();
	}

	private static void keyed(ApplicationContext context, Runnable work) {
		KeyedWork<String> keyed = engine(context).initKeyedWork("w", queue(context), (key) -> work.run());
		keyed.schedule("secret");
	}

	private static WorkHandler run(Runnable work) {
		return (item) -> work.run();
	}

	private static Callable<Void> callable(Runnable work) {
		return () -> {
			work.run();
			return null;
		};
	}

	private static Workqueues engine(ApplicationContext context) {
		return context.getBean(Workqueues.class);
	}

	private static Workqueue queue(ApplicationContext context) {
		return engine(context).get("system_unbound_wq");
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void isDecoratedOnceInTheOrderOfBootsComposite(Kind kind) {
		this.decorated.run((context) -> {
			Calls calls = context.getBean(Calls.class);
			MDC.put("request", "r1");
			kind.request.make(context, () -> calls.add("work"));
			calls.awaitExactly("second r1", "first r1", "work", "first ends", "second ends");
		});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void isObservedOnceInsideTheDecorators(Kind kind) {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.decorated.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			Calls calls = context.getBean(Calls.class);
			kind.request.make(context, () -> {
				assertThat(registry.getCurrentObservation()).isNotNull();
				calls.add("work");
			});
			calls.awaitExactly("second null", "first null", "work", "first ends", "second ends");
			TestObservationRegistryAssert.assertThat(registry)
				.hasNumberOfObservationsWithNameEqualTo("workqueue.execution", 1)
				.hasObservationWithNameEqualTo("workqueue.execution")
				.that()
				.hasLowCardinalityKeyValue("outcome", "SUCCESS")
				.hasLowCardinalityKeyValue("exception", "none")
				.hasBeenStopped();
			assertThat(registry.toString()).doesNotContain("secret");
		});
	}

	@Test
	void workThatFailsIsObservedAsSuch() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.runner.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			WorkItem item = engine(context).initWork("w", (work) -> {
				throw new IllegalStateException("on purpose");
			});
			item.schedule();
			item.flush();
			TestObservationRegistryAssert.assertThat(registry)
				.hasObservationWithNameEqualTo("workqueue.execution")
				.that()
				.hasLowCardinalityKeyValue("work", "w")
				.hasLowCardinalityKeyValue("queue", "system_wq")
				.hasLowCardinalityKeyValue("outcome", "ERROR")
				.hasLowCardinalityKeyValue("exception", "IllegalStateException");
		});
	}

	@Test
	void whatADecoratorThrowsAtTheRequestLeavesTheItemIdle() {
		this.runner.withBean(TaskDecorator.class, () -> (task) -> {
			throw new IllegalStateException("no context");
		}).run((context) -> {
			WorkItem item = engine(context).initWork("w", (work) -> {
			});
			assertThatIllegalStateException().isThrownBy(item::schedule).withMessage("no context");
			assertThat(item.isPending()).isFalse();
		});
	}

	@Test
	void whatADecoratorThrowsLaterCountsAsFailure() {
		this.runner.withBean(TaskDecorator.class, () -> (task) -> () -> {
			throw new IllegalStateException("no context");
		}).run((context) -> {
			Workqueue queue = engine(context).allocOrdered("journal");
			WorkItem item = engine(context).initWork("w", queue, (work) -> {
			});
			item.schedule();
			item.flush();
			assertThat(context.getBean(WorkqueueInspector.class).inspectWorkqueue("journal")).get()
				.extracting((journal) -> journal.stats().failed())
				.isEqualTo(1L);
		});
	}

	/** Notes where it surrounds an execution, and the request that it has seen. */
	static class Noting implements TaskDecorator {

		private final String name;

		private final Calls calls;

		Noting(String name, Calls calls) {
			this.name = name;
			this.calls = calls;
		}

		@Override
		public Runnable decorate(Runnable task) {
			String request = MDC.get("request");
			return () -> {
				this.calls.add(this.name + " " + request);
				try {
					task.run();
				}
				finally {
					this.calls.add(this.name + " ends");
				}
			};
		}

	}

	static class Decorators {

		@Bean
		@Order(1)
		TaskDecorator first(Calls calls) {
			return new Noting("first", calls);
		}

		@Bean
		@Order(2)
		TaskDecorator second(Calls calls) {
			return new Noting("second", calls);
		}

	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@Work(name = "handler")
		void handler() {
			this.calls.add("work");
		}

	}

}
