package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.spring.DefaultWorkObservationConvention;
import io.github.workqueue.spring.WorkObservationContext;
import io.github.workqueue.spring.WorkObservationConvention;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * Observations of executions as a tracer sees them.
 */
class ObservationTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final SimpleTracer tracer = new SimpleTracer();

	private final ApplicationContextRunner runner = WorkqueueRunner.plain()
		.withUserConfiguration(Handlers.class)
		.withBean(ObservationRegistry.class, () -> this.registry);

	ObservationTests() {
		this.registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(this.tracer));
	}

	@Test
	void hasExactlyTheKeysOfTheContract() {
		this.runner.run((context) -> {
			keyed(context, "secret");
			assertThat(executions(1).get(0).getTags()).containsOnly(entry("queue", "system_wq"), entry("work", "index"),
					entry("outcome", "SUCCESS"), entry("exception", "none"));
			context.getBean("failing", WorkItem.class).schedule();
			assertThat(executions(3).get(1).getTags()).containsOnly(entry("queue", "system_wq"),
					entry("work", "failing"), entry("outcome", "ERROR"), entry("exception", "IllegalStateException"));
		});
	}

	@Test
	void everyAttemptIsAChildOfTheRequestThatHasEndedMeanwhile() {
		this.runner.run((context) -> {
			observed("request", () -> context.getBean("failing", WorkItem.class).schedule());
			SimpleSpan request = span("request");
			assertThat(executions(2)).allSatisfy((execution) -> {
				assertThat(execution.context().traceId()).isEqualTo(request.context().traceId());
				assertThat(execution.context().parentId()).isEqualTo(request.context().spanId());
			});
		});
	}

	@Test
	void requestsThatAreMergedLeaveTheLinkToTheFirst() {
		this.runner.run((context) -> {
			Workqueues workqueues = context.getBean(Workqueues.class);
			WorkItem cold = context.getBean("cold", WorkItem.class);
			workqueues.freeze();
			observed("first", cold::schedule);
			observed("second", cold::schedule);
			workqueues.thaw();
			assertThat(executions(1).get(0).context().traceId()).isEqualTo(span("first").context().traceId())
				.isNotEqualTo(span("second").context().traceId());
		});
	}

	@Test
	void workQueuedOutsideOfAnyObservationBeginsATrace() {
		this.runner.run((context) -> {
			observed("earlier", () -> keyed(context, "one"));
			executions(1);
			keyed(context, "two");
			assertThat(executions(2).get(1).context().traceId()).isNotEqualTo(span("earlier").context().traceId());
		});
	}

	@Test
	void tasksOfAnExecutorAreLinkedToo() {
		this.runner.run((context) -> {
			observed("request", () -> context.getBean("system_wq.executor", Executor.class)
				.execute(() -> context.getBean(Calls.class).add("task")));
			SimpleSpan execution = executions(1).get(0);
			assertThat(execution.context().parentId()).isEqualTo(span("request").context().spanId());
			assertThat(execution.getTags()).contains(entry("work", "system_wq.executor"));
		});
	}

	@Test
	void aConventionOfTheUserNamesThings() {
		this.runner.withBean(WorkObservationConvention.class, Shouting::new).run((context) -> {
			keyed(context, "one");
			await().until(() -> finished().stream().anyMatch((span) -> span.getName().equals("WORK INDEX")));
			assertThat(span("WORK INDEX").getTags()).contains(entry("method", "index")).hasSize(5);
		});
	}

	private static void keyed(ApplicationContext context, String key) {
		WorkqueueRunner.<String>keyed(context, "index").schedule(key);
	}

	private void observed(String name, Runnable request) {
		Observation.createNotStarted(name, this.registry).observe(request);
	}

	/** Waits for this number of finished executions, in their order. */
	private List<SimpleSpan> executions(int count) {
		return await().until(() -> finished().stream().filter((span) -> span.getName().startsWith("work ")).toList(),
				(spans) -> spans.size() == count);
	}

	private SimpleSpan span(String name) {
		return finished().stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	private List<SimpleSpan> finished() {
		return this.tracer.getSpans()
			.stream()
			.filter((span) -> span.getEndTimestamp().toEpochMilli() != 0 && span.getName() != null)
			.toList();
	}

	static class Shouting extends DefaultWorkObservationConvention {

		@Override
		public String getContextualName(WorkObservationContext context) {
			return "WORK " + context.getWork().toUpperCase(Locale.ROOT);
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(WorkObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("method", String.valueOf(context.getHandlerMethod()));
		}

	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@Work(name = "index")
		void index(String key) {
			this.calls.add(key);
		}

		@Work(name = "cold", queue = "system_freezable_wq")
		void cold() {
			this.calls.add("cold");
		}

		@Work(name = "failing", maxAttempts = "2", backoff = "1ms")
		void failing() {
			throw new IllegalStateException("again");
		}

	}

}
