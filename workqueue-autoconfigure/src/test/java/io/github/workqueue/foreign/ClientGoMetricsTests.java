package io.github.workqueue.foreign;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code metrics_test.go} of client-go, over the snapshots from which the meters read.
 * <p>
 * {@code TestMetricShutdown} demands that a queue that has ended no longer updates its
 * meters: it has no snapshot then.
 */
class ClientGoMetricsTests {

	private final ManualTime time = new ManualTime();

	/** A listener makes all times exact. */
	private final WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder()
		.cpus(1)
		.timeSource(this.time)
		.watchdogThreshold(Duration.ZERO)
		.listener(new WorkListener() {
		})
		.build());

	private final Workqueue queue = this.engine.alloc("queue", 1, WorkqueueFlag.FREEZABLE);

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch done = new CountDownLatch(1);

	private final KeyedWork<String> keyed = this.engine.initKeyedWork("keyed", this.queue, (key) -> {
		this.begun.countDown();
		ForeignEngine.await(this.done);
	});

	@AfterEach
	void close() {
		this.done.countDown();
		this.engine.thaw();
		this.engine.close();
	}

	@Test
	void metricShutdown() throws Exception {
		this.queue.destroy();
		assertThat(this.engine.inspectWorkqueue("queue")).isEmpty();
	}

	@Test
	void metrics() throws Exception {
		this.engine.freeze();
		this.keyed.schedule("foo");
		assertThat(figures()).isEqualTo("adds=1 pending=1 running=0 retries=0");
		this.time.advance(Duration.ofNanos(50_000));
		assertThat(age()).isEqualTo(Duration.ofNanos(50_000));
		this.keyed.schedule("foo");
		assertThat(figures()).as("the same again is no add").isEqualTo("adds=1 pending=1 running=0 retries=0");
		assertThat(stats().stats().coalesced()).isEqualTo(1);
		this.engine.thaw();
		ForeignEngine.await(this.begun);
		assertThat(figures()).isEqualTo("adds=1 pending=0 running=1 retries=0");
		this.keyed.schedule("foo");
		assertThat(figures()).as("an add while it is processed counts")
			.isEqualTo("adds=2 pending=1 running=1 retries=0");
		this.done.countDown();
		this.queue.flush();
		assertThat(figures()).isEqualTo("adds=2 pending=0 running=0 retries=0");
		assertThat(stats().stats().completed()).isEqualTo(2);
		assertThat(stats().stats().adds()).as("no add for a timer that is not due").isEqualTo(2);
		this.keyed.schedule("bar", Duration.ofSeconds(1));
		assertThat(figures()).isEqualTo("adds=2 pending=0 running=0 retries=0");
	}

	/** The longest run that has not ended is as old as the time since it began. */
	@Test
	void unfinished() throws Exception {
		this.keyed.schedule("foo");
		ForeignEngine.await(this.begun);
		this.time.advance(Duration.ofMillis(17));
		assertThat(age()).isEqualTo(Duration.ofMillis(17));
		this.time.advance(Duration.ofMillis(3));
		assertThat(age()).isEqualTo(Duration.ofMillis(20));
		this.done.countDown();
		this.queue.flush();
		assertThat(this.engine.inspectWorks("queue", 10)).isEmpty();
	}

	private Duration age() {
		return this.engine.inspectWorks("queue", 10).stream().map(WorkSnapshot::age).findFirst().orElseThrow();
	}

	private String figures() {
		WorkqueueSnapshot queue = stats();
		return "adds=%d pending=%d running=%d retries=%d".formatted(queue.stats().adds(), queue.pending(),
				queue.running(), queue.stats().retries());
	}

	private WorkqueueSnapshot stats() {
		return this.engine.inspectWorkqueue("queue").orElseThrow();
	}

}
