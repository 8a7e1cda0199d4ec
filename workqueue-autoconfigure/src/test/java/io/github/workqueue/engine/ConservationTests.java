package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Under contention every accepted instance runs or is reported cancelled, and no item
 * ever runs beside itself.
 */
class ConservationTests {

	private static final int ITEMS = 8;

	private static final int THREADS = 4;

	private static final int CALLS = 4_000;

	@RegisterExtension
	final Engines engines = new Engines();

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong cancelled = new AtomicLong();

	private final AtomicLong runs = new AtomicLong();

	private final AtomicInteger overlaps = new AtomicInteger();

	static Stream<Arguments> kindsAndCorners() {
		return Stream.of("percpu", "percpu-one", "unbound", "unbound-one", "ordered", "bh")
			.flatMap((kind) -> Stream.of(Corner.values()).map((corner) -> Arguments.of(kind, corner)));
	}

	@ParameterizedTest(name = "on {0} in the corner {1}")
	@MethodSource("kindsAndCorners")
	void whatWasAcceptedRunsOrWasCancelled(String kind, Corner corner) throws Exception {
		WorkqueueEngine engine = this.engines.start(corner.apply(Engines.settings(2)));
		Workqueue queue = QueueKinds.alloc(engine, kind);
		List<DelayedWorkItem> items = new ArrayList<>();
		for (int i = 0; i < ITEMS; i++) {
			AtomicInteger inside = new AtomicInteger();
			items.add(engine.initDelayedWork("item-" + i, queue, (work) -> run(inside)));
		}
		List<FutureTask<Void>> threads = new ArrayList<>();
		for (int t = 0; t < THREADS; t++) {
			SplittableRandom random = new SplittableRandom(t);
			threads.add(Engines.async(() -> {
				for (int i = 0; i < ((corner == Corner.NONE) ? CALLS : CALLS / 4); i++) {
					call(engine, queue, items.get(random.nextInt(ITEMS)), random.nextInt(12));
				}
				return null;
			}));
		}
		for (FutureTask<Void> thread : threads) {
			Engines.get(thread);
		}
		for (DelayedWorkItem item : items) {
			item.flush();
		}
		assertThat(queue.drain(Engines.PATIENCE)).isTrue();
		assertThat(this.overlaps).as("runs beside themselves").hasValue(0);
		assertThat(this.runs.get()).as("runs").isEqualTo(this.accepted.get() - this.cancelled.get());
	}

	private void run(AtomicInteger inside) {
		if (inside.incrementAndGet() > 1) {
			this.overlaps.incrementAndGet();
		}
		this.runs.incrementAndGet();
		inside.decrementAndGet();
	}

	private void call(WorkqueueEngine engine, Workqueue queue, DelayedWorkItem item, int choice) throws Exception {
		switch (choice) {
			case 0, 1, 2 -> accepted(item.schedule());
			case 3 -> accepted(queue.queueOn(engine.cpus() - 1, item));
			case 4 -> accepted(item.schedule(Duration.ofNanos(50_000)));
			case 5 -> accepted(item.debounce(Duration.ofNanos(20_000), Duration.ofNanos(200_000)));
			case 6 -> accepted(!item.modify(Duration.ofNanos(30_000)));
			case 7 -> accepted(!item.modify(Duration.ZERO));
			case 8 -> cancelled(item.cancel());
			case 9 -> item.flush(Engines.PATIENCE);
			case 10 -> assertThat(queue.flush(Engines.PATIENCE)).isTrue();
			default -> item.isRunning();
		}
	}

	private void accepted(boolean yes) {
		this.accepted.addAndGet(yes ? 1 : 0);
	}

	private void cancelled(boolean yes) {
		this.cancelled.addAndGet(yes ? 1 : 0);
	}

	@ParameterizedTest(name = "on {0} in the corner {1}")
	@MethodSource("kindsAndCorners")
	void keysRunOneAtATimeAndAreForgotten(String kind, Corner corner) throws Exception {
		WorkqueueEngine engine = this.engines.start(corner.apply(Engines.settings(2)));
		Workqueue queue = QueueKinds.alloc(engine, kind);
		AtomicInteger[] inside = new AtomicInteger[ITEMS];
		for (int i = 0; i < ITEMS; i++) {
			inside[i] = new AtomicInteger();
		}
		KeyedWork<Integer> keyed = engine.initKeyedWork("keyed", queue, (key) -> run(inside[key]));
		List<FutureTask<Void>> threads = new ArrayList<>();
		for (int t = 0; t < THREADS; t++) {
			SplittableRandom random = new SplittableRandom(t);
			threads.add(Engines.async(() -> {
				for (int i = 0; i < ((corner == Corner.NONE) ? CALLS : CALLS / 4); i++) {
					call(keyed, random.nextInt(ITEMS), random.nextInt(8));
				}
				return null;
			}));
		}
		for (FutureTask<Void> thread : threads) {
			Engines.get(thread);
		}
		for (int key = 0; key < ITEMS; key++) {
			keyed.flush(key);
		}
		assertThat(this.overlaps).as("runs of a key beside themselves").hasValue(0);
		assertThat(this.runs.get()).isEqualTo(this.accepted.get() - this.cancelled.get());
		Awaitility.await().until(() -> keyed.size() == 0);
	}

	private void call(KeyedWork<Integer> keyed, int key, int choice) throws Exception {
		switch (choice) {
			case 0, 1, 2 -> accepted(keyed.schedule(key));
			case 3 -> accepted(keyed.schedule(key, Duration.ofNanos(40_000)));
			case 4 -> accepted(!keyed.modify(key, Duration.ofNanos(20_000)));
			case 5 -> cancelled(keyed.cancel(key));
			case 6 -> keyed.flush(key);
			default -> keyed.isPending(key);
		}
	}

}
