package io.github.workqueue.metrics;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.TimeSource;
import io.github.workqueue.engine.WorkqueueEngine;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A load whose every number is known, on a clock that the test turns: the meters have
 * exactly these numbers.
 */
class KnownLoadTests {

	private final TurnedClock clock = new TurnedClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicReference<@Nullable WorkqueueMetrics> metrics = new AtomicReference<>();

	private final WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder()
		.cpus(1)
		.timeSource(this.clock)
		.watchdogThreshold(Duration.ZERO)
		.listener(new Forwarding())
		.build());

	private final Semaphore first = new Semaphore(0);

	private final Semaphore second = new Semaphore(0);

	private final AtomicBoolean retried = new AtomicBoolean();

	@AfterEach
	void close() {
		this.first.release(10);
		this.second.release(10);
		this.engine.close();
	}

	@Test
	void everyNumberIsTheKnownOne() throws Exception {
		WorkqueueMetrics metrics = new WorkqueueMetrics(this.engine);
		this.metrics.set(metrics);
		metrics.bindTo(this.registry);
		Workqueue load = this.engine.alloc("load", 1, WorkqueueFlag.UNBOUND);
		WorkItem one = this.engine.initWork("one", load, (work) -> this.first.acquire());
		DelayedWorkItem two = this.engine.initDelayedWork("two", load, (work) -> {
			this.second.acquire();
			if (this.retried.compareAndSet(false, true)) {
				throw new WorkRetryException(Duration.ofSeconds(5), new IllegalStateException("once"));
			}
			throw new IllegalStateException("twice");
		});
		one.schedule();
		until(() -> value("running") == 1);
		two.schedule();
		two.schedule();
		this.engine.initDelayedWork("later", load, (work) -> {
		}).schedule(Duration.ofHours(1));
		this.clock.turn(Duration.ofSeconds(3));
		assertNumbers("adds=2 coalesced=1 depth=1 inactive=1 running=1 delayed=1 max.active=1 started=1 completed=0 "
				+ "failed=0 retries=0 unfinished.work=3 longest.running.processor=3");
		this.first.release();
		until(() -> value("started") == 2);
		this.clock.turn(Duration.ofSeconds(2));
		assertNumbers("adds=2 coalesced=1 depth=0 inactive=0 running=1 delayed=1 max.active=1 started=2 completed=1 "
				+ "failed=0 retries=0 unfinished.work=2 longest.running.processor=2");
		this.second.release();
		until(() -> value("retries") == 1 && value("running") == 0);
		assertNumbers("delayed=2");
		this.clock.turn(Duration.ofSeconds(5));
		until(() -> value("started") == 3);
		this.clock.turn(Duration.ofSeconds(1));
		this.second.release();
		until(() -> value("completed") == 3 && timer("work.duration").count() == 3);
		assertNumbers("adds=3 coalesced=1 depth=0 inactive=0 running=0 delayed=1 max.active=1 started=3 completed=3 "
				+ "failed=2 retries=1 unfinished.work=0 longest.running.processor=0");
		assertThat(timer("queue.duration").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
		assertThat(timer("queue.duration").count()).isEqualTo(3);
		assertThat(timer("work.duration").totalTime(TimeUnit.SECONDS)).isEqualTo(3 + 2 + 1);
		assertThat(timer("work.duration").max(TimeUnit.SECONDS)).isEqualTo(3);
	}

	/** Waits, since an inspection serves all meters for some milliseconds. */
	private void assertNumbers(String numbers) {
		Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
			for (String number : numbers.split(" ")) {
				String[] parts = number.split("=");
				assertThat(value(parts[0])).as(parts[0]).isEqualTo(Double.parseDouble(parts[1]));
			}
		});
	}

	private double value(String name) {
		Meter meter = this.registry.get("workqueue." + name).tag("name", "load").meter();
		for (var measurement : meter.measure()) {
			if (measurement.getStatistic() == Statistic.COUNT || measurement.getStatistic() == Statistic.VALUE) {
				return measurement.getValue();
			}
		}
		throw new AssertionError(name + " has no value");
	}

	private Timer timer(String name) {
		return this.registry.get("workqueue." + name).tag("name", "load").timer();
	}

	private static void until(Callable<Boolean> condition) {
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(condition);
	}

	/** The engine needs its listener before the listener can have the engine. */
	private final class Forwarding implements WorkListener {

		@Override
		public void started(WorkItem work, Workqueue queue, long waitedNanos) {
			metrics().started(work, queue, waitedNanos);
		}

		@Override
		public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
			metrics().finished(work, queue, ranNanos, failure);
		}

		@Override
		public void allocated(Workqueue queue) {
			metrics().allocated(queue);
		}

		private WorkListener metrics() {
			WorkqueueMetrics metrics = KnownLoadTests.this.metrics.get();
			return (metrics != null) ? metrics : WorkListener.NONE;
		}

	}

	/** Stands still until it is turned; who sleeps looks at it again and again. */
	private static final class TurnedClock implements TimeSource {

		private volatile long now = 1;

		@Override
		public long nanoTime() {
			return this.now;
		}

		@Override
		public void parkNanos(Object blocker, long nanos) {
			LockSupport.parkNanos(blocker, Math.min(nanos, 1_000_000));
		}

		@SuppressWarnings("NonAtomicVolatileUpdate") // only the test's thread turns it
		private void turn(Duration duration) {
			this.now += duration.toNanos();
		}

	}

}
