package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Story of an item that was accepted and lay nowhere, because reading the time had failed
 * in between: it could not be queued again, and who cancelled it span for good.
 */
class RequestFaultTests {

	@RegisterExtension
	final Engines engines = new Engines();

	/** Whose next look at the clock fails. */
	private final AtomicReference<@Nullable Thread> victim = new AtomicReference<>();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(new FailingTime()));

	private final Workqueue queue = this.engine
		.alloc(WorkqueueSpec.named("queue").maxActive(1).maxPending(1, WhenFull.REJECT));

	private final AtomicInteger runs = new AtomicInteger();

	private final DelayedWorkItem item = this.engine.initDelayedWork("item", this.queue,
			(work) -> this.runs.incrementAndGet());

	@Test
	void anItemWhoseQueueingFailsIsIdle() throws Exception {
		assertFails(this.item::schedule);
	}

	@Test
	void anItemWhoseTimerCannotBeArmedIsIdle() throws Exception {
		assertFails(() -> this.item.schedule(Duration.ofHours(1)));
		assertFails(() -> this.item.debounce(Duration.ofHours(1), null));
	}

	@Test
	void anArmedItemThatCannotBeQueuedIsIdleAndLetsItsWaitersGo() throws Exception {
		this.item.schedule(Duration.ofHours(1));
		assertFails(() -> this.item.modify(Duration.ZERO));
	}

	private void assertFails(ThrowingCallable request) throws Exception {
		this.victim.set(Thread.currentThread());
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(request).withMessage("expected by the test");
		assertThat(this.item.isPending()).isFalse();
		FutureTask<Boolean> cancel = Engines.async(this.item::cancel);
		assertThat(Engines.get(cancel)).isFalse();
		assertThatRoomIsLeftForOne();
		int before = this.runs.get();
		assertThat(this.item.schedule()).isTrue();
		this.item.flush();
		assertThat(this.runs).hasValue(before + 1);
	}

	private void assertThatRoomIsLeftForOne() throws Exception {
		Gate gate = this.engines.gate();
		Engines.queue(this.engine, this.queue, "running", gate);
		gate.awaitStarts(1);
		Engines.queue(this.engine, this.queue, "waiting", gate);
		assertThatExceptionOfType(WorkRejectedException.class)
			.isThrownBy(() -> Engines.queue(this.engine, this.queue, "one too many", gate));
		gate.open();
		this.queue.flush();
	}

	private final class FailingTime implements TimeSource {

		@Override
		public long nanoTime() {
			if (RequestFaultTests.this.victim.compareAndSet(Thread.currentThread(), null)) {
				throw new IllegalStateException("expected by the test");
			}
			return TimeSource.SYSTEM.nanoTime();
		}

		@Override
		public void parkNanos(Object blocker, long nanos) {
			TimeSource.SYSTEM.parkNanos(blocker, nanos);
		}

	}

}
