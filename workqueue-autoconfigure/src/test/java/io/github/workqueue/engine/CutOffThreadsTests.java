package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Single threads of the engine, and such that make requests, are cut off for a tenth of a
 * second wherever they read the clock, some of them holding a lock, while the others go
 * on: nothing is lost, doubled or left behind.
 */
class CutOffThreadsTests {

	private static final int ITEMS = 6;

	private static final int THREADS = 3;

	@RegisterExtension
	final Engines engines = new Engines();

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong cancelled = new AtomicLong();

	private final AtomicLong runs = new AtomicLong();

	private final AtomicLong overlaps = new AtomicLong();

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound", "ordered" })
	void whatWasAcceptedRunsOrWasCancelled(String kind) throws Exception {
		run(kind, 6);
	}

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "percpu-one", "unbound", "unbound-one", "ordered", "bh" })
	@Tag("stress")
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	void whatWasAcceptedRunsOrWasCancelledForALongTime(String kind) throws Exception {
		run(kind, 300);
	}

	private void run(String kind, int cuts) throws Exception {
		CuttingTime time = new CuttingTime(cuts);
		WorkqueueEngine engine = this.engines.start(Engines.settings(2).timeSource(time));
		Workqueue queue = QueueKinds.alloc(engine, kind);
		List<DelayedWorkItem> items = new ArrayList<>();
		for (int i = 0; i < ITEMS; i++) {
			AtomicInteger inside = new AtomicInteger();
			items.add(engine.initDelayedWork("item-" + i, queue, (work) -> handle(inside)));
		}
		List<FutureTask<Void>> threads = new ArrayList<>();
		for (int thread = 0; thread < THREADS; thread++) {
			SplittableRandom random = new SplittableRandom(thread);
			threads.add(Engines.async(() -> {
				while (time.left.get() > 0) {
					call(items.get(random.nextInt(ITEMS)), queue, random);
				}
				return null;
			}));
		}
		for (FutureTask<Void> thread : threads) {
			thread.get(Engines.PATIENCE.toMillis() + cuts * CuttingTime.CUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		for (WorkItem item : items) {
			item.flush();
		}
		assertThat(queue.drain(Engines.PATIENCE)).isTrue();
		assertThat(this.overlaps).as("runs beside themselves").hasValue(0);
		assertThat(this.runs.get()).as("runs").isEqualTo(this.accepted.get() - this.cancelled.get());
	}

	private void handle(AtomicInteger inside) {
		this.overlaps.addAndGet((inside.getAndIncrement() > 0) ? 1 : 0);
		this.runs.incrementAndGet();
		inside.decrementAndGet();
	}

	/** Nobody disables: a move that answers false has queued. */
	private void call(DelayedWorkItem item, Workqueue queue, SplittableRandom random) throws Exception {
		Duration delay = Duration.ofNanos(random.nextInt(200_000));
		switch (random.nextInt(8)) {
			case 0, 1, 2 -> this.accepted.addAndGet(item.schedule() ? 1 : 0);
			case 3 -> this.accepted.addAndGet(item.schedule(delay) ? 1 : 0);
			case 4 -> this.accepted.addAndGet(item.modify(delay) ? 0 : 1);
			case 5 -> this.cancelled.addAndGet(item.cancel() ? 1 : 0);
			case 6 -> item.flush(Engines.PATIENCE);
			default -> assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		}
	}

	/** The clock of the JVM, which now and then keeps who reads it. */
	private static final class CuttingTime implements TimeSource {

		static final Duration CUT = Duration.ofMillis(100);

		/** One of so many readings. */
		private static final int READINGS = 500;

		/** How many cuts are left. */
		final AtomicInteger left;

		private final AtomicInteger readings = new AtomicInteger();

		private CuttingTime(int cuts) {
			this.left = new AtomicInteger(cuts);
		}

		@Override
		public long nanoTime() {
			if (this.readings.incrementAndGet() % READINGS == 0 && this.left.get() > 0) {
				cut();
				this.left.decrementAndGet();
			}
			return TimeSource.SYSTEM.nanoTime();
		}

		/** Does not park: that would take a wake-up which is meant for the engine. */
		private static void cut() {
			try {
				Thread.sleep(CUT.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
