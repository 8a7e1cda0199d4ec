package io.github.workqueue.actuate.endpoint;

import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.PayloadApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of the past, and how much at most.
 */
class RecentExecutionsTests {

	private final WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder().cpus(1).build());

	private final Workqueue queue = this.engine.get("system_wq");

	private final RecentExecutions recent = new RecentExecutions();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void remembersTheLastExecutionsOfAWorkLatestFirst() {
		WorkItem work = work("index");
		for (int i = 1; i <= 50; i++) {
			execute(work, i, null);
		}
		assertThat(this.recent.executions("index")).hasSize(20)
			.extracting(PastExecution::ranNanos)
			.startsWith(50L, 49L)
			.endsWith(31L);
		assertThat(this.recent.executions("index").get(0).waitedNanos()).isEqualTo(7);
		assertThat(this.recent.executions("nosuch")).isEmpty();
	}

	@Test
	void forgetsTheWorkThatRanLongestAgo() {
		for (int i = 0; i < 257; i++) {
			execute(work("work" + i), 1, null);
		}
		assertThat(this.recent.executions("work0")).isEmpty();
		assertThat(this.recent.executions("work1")).hasSize(1);
		assertThat(this.recent.executions("work256")).hasSize(1);
	}

	@Test
	void addsUpHowLongWorksHaveWaitedUntilTheirQueueIsDestroyed() {
		execute(work("index"), 1, null);
		execute(work("index"), 1, null);
		assertThat(this.recent.waits().get("system_wq")).satisfies((waits) -> {
			assertThat(waits.started()).isEqualTo(2);
			assertThat(waits.nanos()).isEqualTo(14);
		});
		this.recent.destroyed(this.queue);
		assertThat(this.recent.waits()).isEmpty();
	}

	@Test
	void joinsWhatTheEngineAndTheReportTellOfOneFailureInEitherOrder() {
		Exception reportedFirst = new IllegalStateException("one");
		report(reportedFirst);
		execute(work("index"), 1, reportedFirst);
		Exception reportedLast = new IllegalStateException("two");
		execute(work("index"), 1, new IllegalStateException(reportedLast));
		report(reportedLast);
		assertThat(this.recent.failures()).extracting(PastFailure::message).containsExactly("two", "one");
		assertThat(this.recent.failures()).allSatisfy((failure) -> {
			assertThat(failure.attempt()).isEqualTo(3);
			assertThat(failure.key()).isEqualTo("key");
			assertThat(failure.retryAt()).isNull();
		});
	}

	@Test
	void knowsWhenAFailureIsTriedAgain() {
		WorkFailure failure = new WorkFailure("index", "system_wq", "key", 1, new IllegalStateException("no"));
		execute(work("index"), 1, new WorkRetryException(Duration.ofHours(1), failure));
		execute(work("index"), 1, new WorkRetryException(Duration.ofHours(1), new IllegalStateException("no")));
		assertThat(this.recent.failures()).extracting(PastFailure::error)
			.containsOnly(IllegalStateException.class.getName());
		assertThat(this.recent.failures()).extracting(PastFailure::attempt).containsExactly(null, 1);
		assertThat(this.recent.failures()).extracting(PastFailure::retryAt).doesNotContainNull();
	}

	@Test
	void aFailureWhoseRetryWasCancelledIsNotTriedAgain() {
		DelayedWorkItem work = this.engine.initDelayedWork("index", (same) -> {
		});
		work.schedule(Duration.ofHours(1));
		execute(work, 1, new WorkRetryException(Duration.ofHours(1), new IllegalStateException("no")));
		PastFailure failure = this.recent.failures().get(0);
		assertThat(failure.nextAttemptAt()).isEqualTo(failure.retryAt()).isNotNull();
		work.cancel();
		assertThat(failure.nextAttemptAt()).isNull();
	}

	@Test
	void keepsNoMoreThanFiftyFailures() {
		for (int i = 0; i < 60; i++) {
			execute(work("index"), 1, new IllegalStateException("failure " + i));
		}
		assertThat(this.recent.failures()).hasSize(50);
		assertThat(this.recent.failures().get(0).message()).isEqualTo("failure 59");
	}

	private void execute(WorkItem work, long ranNanos, @Nullable Throwable failure) {
		this.recent.started(work, this.queue, 7);
		this.recent.finished(work, this.queue, ranNanos, failure);
	}

	private void report(Exception cause) {
		this.recent.onApplicationEvent(
				new PayloadApplicationEvent<>(this, new WorkFailure("index", "system_wq", "key", 3, cause)));
	}

	private WorkItem work(String name) {
		return this.engine.initWork(name, (work) -> {
		});
	}

}
