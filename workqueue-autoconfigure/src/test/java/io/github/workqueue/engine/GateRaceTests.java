package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of two threads while a third closes the gate. Who was told true, or that the
 * item is pending, sees it run; who got an exception left the item idle.
 */
class GateRaceTests {

	private static final int ITEMS = 16;

	@RegisterExtension
	final Engines engines = new Engines();

	private WorkqueueEngine engine = this.engines.start(2);

	@ParameterizedTest
	@CsvSource({ "drain, 200", "destroy, 200", "close, 30" })
	void everyAnswerIsKept(String how, int rounds) throws Exception {
		for (int round = 0; round < rounds; round++) {
			Workqueue queue = this.engine.alloc("queue-" + round, 0);
			Round race = new Round(this.engine, queue);
			List<FutureTask<Void>> producers = List.of(Engines.async(race::produce), Engines.async(race::produce));
			Engines.until("requests were made", () -> race.requests.get() > 20);
			closeGate(how, queue);
			race.stop();
			for (FutureTask<Void> producer : producers) {
				Engines.get(producer);
			}
			queue.drain();
			race.check();
		}
	}

	private void closeGate(String how, Workqueue queue) throws InterruptedException {
		switch (how) {
			case "drain" -> queue.drain();
			case "destroy" -> queue.destroy();
			case "close" -> {
				this.engine.close();
				this.engine = this.engines.start(2);
			}
			default -> throw new IllegalArgumentException(how);
		}
	}

	/**
	 * A chain of works goes from CPU to CPU, and in an engine that closes from queue to
	 * queue: none of it is left behind.
	 */
	@ParameterizedTest
	@CsvSource({ "drain, 500", "destroy, 500", "close, 50" })
	void aChainIsFollowedToItsEnd(String how, int rounds) throws Exception {
		for (int round = 0; round < rounds; round++) {
			Workqueue queue = this.engine.alloc("queue-" + round, 0);
			Workqueue other = how.equals("close") ? this.engine.alloc("other-" + round, 0) : queue;
			AtomicInteger left = new AtomicInteger(8);
			WorkItem[] chain = new WorkItem[2];
			chain[0] = this.engine.initWork("chain", (work) -> next(left, other, 1, chain[1]));
			chain[1] = this.engine.initWork("chain", (work) -> next(left, queue, 0, chain[0]));
			queue.queueOn(0, chain[0]);
			closeGate(how, queue);
			assertThat(left).as("works left behind in round %d", round).hasValue(0);
		}
	}

	private static void next(AtomicInteger left, Workqueue queue, int cpu, WorkItem next) {
		if (left.decrementAndGet() > 0) {
			queue.queueOn(cpu, next);
		}
	}

	/** Items, what callers were told of them, and what has run. */
	private static final class Round {

		final AtomicInteger requests = new AtomicInteger();

		private final List<DelayedWorkItem> items = new ArrayList<>();

		private final AtomicIntegerArray runs = new AtomicIntegerArray(ITEMS);

		private final AtomicIntegerArray accepted = new AtomicIntegerArray(ITEMS);

		/** The number of runs after which nobody is owed one more. */
		private final AtomicIntegerArray owed = new AtomicIntegerArray(ITEMS);

		private volatile boolean stopped;

		private Round(WorkqueueEngine engine, Workqueue queue) {
			for (int i = 0; i < ITEMS; i++) {
				int index = i;
				this.items.add(engine.initDelayedWork("item-" + i, queue, (work) -> this.runs.incrementAndGet(index)));
			}
		}

		Void produce() {
			for (int call = 0; !this.stopped; call++) {
				int index = call % ITEMS;
				int before = this.runs.get(index);
				try {
					boolean yes = request(this.items.get(index), call);
					this.accepted.addAndGet(index, yes ? 1 : 0);
					this.owed.accumulateAndGet(index, before + 1, Math::max);
					this.requests.incrementAndGet();
				}
				catch (WorkRejectedException ex) {
					return null;
				}
			}
			return null;
		}

		private static boolean request(DelayedWorkItem item, int call) {
			return switch (call % 3) {
				case 0 -> item.debounce(Duration.ZERO, null);
				case 1 -> !item.modify(Duration.ZERO);
				default -> item.schedule();
			};
		}

		void stop() {
			this.stopped = true;
		}

		void check() {
			for (int i = 0; i < ITEMS; i++) {
				assertThat(this.items.get(i).isPending()).as("item %d is pending", i).isFalse();
				assertThat(this.runs.get(i)).as("runs of item %d", i).isEqualTo(this.accepted.get(i));
				assertThat(this.runs.get(i)).as("runs of item %d that were told of", i)
					.isGreaterThanOrEqualTo(this.owed.get(i));
			}
		}

	}

}
