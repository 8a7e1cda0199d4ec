package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkInterceptor;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.spring.ContextInterceptor;
import io.github.workqueue.spring.WorkObservationContext;
import io.github.workqueue.spring.WorkqueueConfigurer;
import io.github.workqueue.test.WorkqueueTester;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

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
				}), new Kind("@Async", (context, work) -> context.getBean(Asynchronous.class).run(work)),
				new Kind("handler", (context, work) -> context.getBean("handler", WorkItem.class).schedule()));
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

	@ParameterizedTest
	@MethodSource("kinds")
	void isAChildOfTheObservationOfItsRequest(Kind kind) {
		ObservationRegistry registry = ObservationRegistry.create();
		List<String> parents = new CopyOnWriteArrayList<>();
		registry.observationConfig().observationHandler(new ParentHandler(parents));
		this.runner.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			Observation request = Observation.start("request", registry);
			request.scopedChecked(() -> kind.request.make(context, () -> context.getBean(Calls.class).add("work")));
			request.stop();
			context.getBean(Calls.class).awaitExactly("work");
			assertThat(parents).containsExactly("request");
		});
	}

	@Tag("boot-4.1")
	@ParameterizedTest
	@MethodSource("kinds")
	void isGivenTheContextThatBootPropagates(Kind kind) {
		CountingAccessor accessor = new CountingAccessor();
		ContextRegistry.getInstance().registerThreadLocalAccessor(accessor);
		try {
			this.runner.withPropertyValues("spring.task.execution.propagate-context=true").run((context) -> {
				accessor.value.set("r1");
				kind.request.make(context, () -> context.getBean(Calls.class).add("work"));
				context.getBean(Calls.class).awaitExactly("work");
				assertThat(accessor.given).contains("r1");
			});
		}
		finally {
			accessor.value.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor(CountingAccessor.KEY);
		}
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void capturesNothingUnlessSomebodyAsks(Kind kind) {
		CountingAccessor accessor = new CountingAccessor();
		ContextRegistry.getInstance().registerThreadLocalAccessor(accessor);
		try {
			this.runner.run((context) -> {
				kind.request.make(context, () -> context.getBean(Calls.class).add("work"));
				context.getBean(Calls.class).awaitExactly("work");
				assertThat(accessor.reads).hasValue(0);
			});
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor(CountingAccessor.KEY);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "REAL", "INLINE", "STEPPED" })
	void isDecoratedOnceInEveryModeOfTheTestKit(String mode) {
		this.decorated.withConfiguration(AutoConfigurations.of(WorkqueueTestAutoConfiguration.class))
			.withPropertyValues("workqueue.test.mode=" + mode)
			.run((context) -> {
				Calls calls = context.getBean(Calls.class);
				DelayedWorkItem item = engine(context).initDelayedWork("w", (work) -> calls.add("work"));
				MDC.put("request", "r1");
				item.schedule(Duration.ofMillis(1));
				MDC.clear();
				if (!mode.equals("REAL")) {
					context.getBean(WorkqueueTester.class).advance(Duration.ofMillis(1));
				}
				context.getBean(WorkqueueTester.class).awaitQuiet(Duration.ofSeconds(20));
				calls.awaitExactly("second r1", "first r1", "work", "first ends", "second ends");
			});
	}

	@Test
	void workOfAConfigurerIsDecorated() {
		this.decorated.withBean(WorkqueueConfigurer.class, () -> (workqueues) -> {
			MDC.put("request", "start");
			workqueues.initWork("w", (work) -> MDC.put("seen", "yes")).schedule();
			MDC.clear();
		})
			.run((context) -> context.getBean(Calls.class)
				.awaitExactly("second start", "first start", "first ends", "second ends"));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void isDecoratedOnceOnAnEngineOfTheUserThatIsGivenTheInterceptor(Kind kind) {
		this.decorated.withUserConfiguration(OwnEngine.class).run((context) -> {
			Calls calls = context.getBean(Calls.class);
			MDC.put("request", "r1");
			kind.request.make(context, () -> calls.add("work"));
			calls.awaitExactly("second r1", "first r1", "work", "first ends", "second ends");
		});
	}

	@Test
	void executorsAreDecoratedAlthoughACustomizerHasTakenTheInterceptorAway() {
		this.decorated
			.withBean(EngineSettingsCustomizer.class, () -> (settings) -> settings.interceptor(WorkInterceptor.NONE))
			.run((context) -> {
				Calls calls = context.getBean(Calls.class);
				context.getBean("system_wq.executor", Executor.class).execute(() -> calls.add("work"));
				calls.awaitExactly("second null", "first null", "work", "first ends", "second ends");
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
	void failureHandlersAreToldOnceOfWorkThatFailsWithTheContextInPlace() {
		this.decorated.withUserConfiguration(Recording.class).run((context) -> {
			Calls calls = context.getBean(Calls.class);
			WorkHandler handler = (work) -> {
				throw new IOException("on purpose");
			};
			engine(context).initWork("w", handler).schedule();
			calls.awaitExactly("second null", "first null", "w system_wq null 1 IOException", "first ends",
					"second ends");
		});
	}

	@Test
	void failureHandlersAreToldTheKeyOfKeyedWork() {
		this.runner.withUserConfiguration(Recording.class).run((context) -> {
			engine(context).initKeyedWork("w", queue(context), (key) -> {
				throw new AssertionError("on purpose");
			}).schedule("k");
			context.getBean(Calls.class).awaitExactly("w system_unbound_wq k 1 AssertionError");
		});
	}

	@Test
	void failureHandlersAreToldOfTasksThatFail() {
		this.runner.withUserConfiguration(Recording.class).run((context) -> {
			queue(context).asExecutor().execute(() -> {
				throw new IllegalStateException("on purpose");
			});
			context.getBean(Calls.class)
				.awaitExactly("system_unbound_wq.executor system_unbound_wq null 1 IllegalStateException");
		});
	}

	@Test
	void failureHandlersAreToldOfDecoratorsThatFail() {
		this.runner.withUserConfiguration(Recording.class).withBean(TaskDecorator.class, () -> (task) -> () -> {
			throw new IllegalStateException("no context");
		}).run((context) -> {
			engine(context).initWork("w", (work) -> {
			}).schedule();
			context.getBean(Calls.class).awaitExactly("w system_wq null 1 IllegalStateException");
		});
	}

	@Test
	void failureHandlersAreNotToldOfWorkThatAsksForAnotherAttempt() {
		this.runner.withUserConfiguration(Recording.class).run((context) -> {
			Calls calls = context.getBean(Calls.class);
			engine(context).initDelayedWork("w", (work) -> {
				calls.add("attempt");
				if (calls.all().size() == 1) {
					throw new WorkRetryException(Duration.ZERO, new IOException("on purpose"));
				}
			}).schedule();
			calls.awaitExactly("attempt", "attempt");
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

	/** Notes the parents of executions. */
	private record ParentHandler(List<String> parents) implements ObservationHandler<WorkObservationContext> {

		@Override
		public void onStart(WorkObservationContext context) {
			ObservationView parent = context.getParentObservation();
			this.parents.add((parent != null) ? parent.getContextView().getName() : "none");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof WorkObservationContext;
		}

	}

	/**
	 * Counts how often the context of a thread is read, and keeps what others are given.
	 */
	static class CountingAccessor implements ThreadLocalAccessor<String> {

		static final String KEY = "workqueue.programmatic";

		final ThreadLocal<String> value = new ThreadLocal<>();

		final AtomicInteger reads = new AtomicInteger();

		final List<String> given = new CopyOnWriteArrayList<>();

		@Override
		public Object key() {
			return KEY;
		}

		@Override
		public String getValue() {
			this.reads.incrementAndGet();
			return this.value.get();
		}

		@Override
		public void setValue(String value) {
			this.given.add(value);
			this.value.set(value);
		}

		@Override
		public void setValue() {
			this.value.remove();
		}

	}

	/** Notes what failure handlers are told. */
	static class Recording {

		@Bean
		WorkFailureHandler recorder(Calls calls) {
			return (failure) -> calls.add(failure.work() + " " + failure.queue() + " " + failure.key() + " "
					+ failure.attempts() + " " + failure.cause().getClass().getSimpleName());
		}

	}

	static class OwnEngine {

		@Bean(destroyMethod = "shutdown")
		WorkqueueEngine own(ContextInterceptor interceptor) {
			return WorkqueueEngine.start(EngineSettings.builder().interceptor(interceptor.attach()).build());
		}

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

	static class Asynchronous {

		@Async("system_unbound_wq")
		public void run(Runnable work) {
			work.run();
		}

	}

	@EnableAsync
	@Import(Asynchronous.class)
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
