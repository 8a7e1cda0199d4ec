package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two threads queue all items without end. A third queues an item, is told that it is
 * pending, and flushes the queue: once 15 of a million such items had not run by then,
 * those that a thread had taken and not yet pushed.
 */
class FlushedWhatWasPendingTests {

	private static final int ITEMS = 128;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(2);

	private final AtomicLongArray stamps = new AtomicLongArray(ITEMS);

	private final List<WorkItem> items = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound" })
	void noneOfThemRunsLater(String kind) throws Exception {
		assertThat(late(kind, Duration.ofMillis(1500))).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound", "ordered", "bh" })
	@Tag("stress")
	void noneOfThemRunsLaterForAMinute(String kind) throws Exception {
		assertThat(late(kind, Duration.ofMinutes(1))).isZero();
	}

	/** Returns how many of the items told of in a time came late. */
	private long late(String kind, Duration time) throws Exception {
		Workqueue queue = QueueKinds.alloc(this.engine, kind);
		for (int i = 0; i < ITEMS; i++) {
			int index = i;
			this.items.add(this.engine.initWork("item-" + i, queue, (work) -> this.stamps.incrementAndGet(index)));
		}
		long end = System.nanoTime() + time.toNanos();
		FutureTask<Long> observer = Engines.async(() -> observe(queue, () -> System.nanoTime() - end >= 0));
		List<FutureTask<Void>> producers = List.of(produce(observer::isDone), produce(observer::isDone));
		long late = observer.get(time.plus(Engines.PATIENCE).toSeconds(), TimeUnit.SECONDS);
		for (FutureTask<Void> producer : producers) {
			Engines.get(producer);
		}
		return late;
	}

	private FutureTask<Void> produce(BooleanSupplier stop) {
		return Engines.async(() -> {
			while (!stop.getAsBoolean()) {
				this.items.forEach(WorkItem::schedule);
			}
			return null;
		});
	}

	private long observe(Workqueue queue, BooleanSupplier stop) throws InterruptedException {
		long late = 0;
		long[] before = new long[ITEMS];
		do {
			for (int i = 0; i < ITEMS; i++) {
				before[i] = this.stamps.get(i);
				if (this.items.get(i).schedule()) {
					before[i] = -1;
				}
			}
			queue.flush();
			for (int i = 0; i < ITEMS; i++) {
				late += (this.stamps.get(i) == before[i]) ? 1 : 0;
			}
		}
		while (!stop.getAsBoolean());
		return late;
	}

}
