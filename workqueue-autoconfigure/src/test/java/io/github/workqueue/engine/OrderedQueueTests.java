package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An ordered queue runs its items one at a time in the order of acceptance, whoever
 * queues them from wherever, and loses none.
 */
class OrderedQueueTests {

	private static final int THREADS = 4;

	private static final int EACH = 2_000;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(2);

	private final Workqueue queue = this.engine.allocOrdered("ordered");

	/** Taken around each request, so that the test knows the order of acceptance. */
	private final ReentrantLock requests = new ReentrantLock();

	private final List<String> accepted = new ArrayList<>();

	/** Written by handlers, without a lock. */
	private final List<String> ran = new ArrayList<>();

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger overlaps = new AtomicInteger();

	@Test
	void runsInTheOrderOfAcceptance() throws Exception {
		inThreads((random, name) -> request(random, name));
		assertThat(this.queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(this.accepted).hasSize(THREADS * EACH);
		assertOrder();
	}

	@Test
	void keepsTheOrderOfTheRestWhenSomeAreCancelled() throws Exception {
		inThreads((random, name) -> {
			WorkItem item = request(random, name);
			if (random.nextInt(4) == 0 && item.cancel()) {
				this.requests.lock();
				try {
					this.accepted.remove(name);
				}
				finally {
					this.requests.unlock();
				}
			}
		});
		assertThat(this.queue.flush(Engines.PATIENCE)).isTrue();
		assertOrder();
	}

	@Test
	void keepsTheOrderAcrossADrain() throws Exception {
		Gate gate = this.engines.gate();
		this.queue.queue(this.engine.initWork("first", gate));
		gate.awaitStarts(1);
		SplittableRandom random = new SplittableRandom(1);
		for (int i = 0; i < 100; i++) {
			request(random, "item-" + i);
		}
		FutureTask<Boolean> drain = Engines.async(() -> this.queue.drain(Engines.PATIENCE));
		gate.open();
		assertThat(Engines.get(drain)).isTrue();
		assertThat(this.accepted).hasSize(100);
		assertOrder();
	}

	/**
	 * Order is kept at the price of a run beside the one that still goes on elsewhere.
	 */
	@Test
	void doesNotWaitForARunOnAnotherQueue() throws Exception {
		Gate gate = this.engines.gate();
		WorkItem item = Engines.queue(this.engine, "item", gate);
		gate.awaitStarts(1);
		assertThat(this.engine.allocOrdered("another").queue(item)).isTrue();
		gate.awaitStarts(1);
		assertThat(gate.ended).hasValue(0);
		gate.letGo(2);
		item.flush();
		Engines.until("both runs ended", () -> gate.ended.get() == 2);
	}

	private void assertOrder() {
		assertThat(this.overlaps).as("items beside each other").hasValue(0);
		assertThat(this.ran).isEqualTo(this.accepted);
	}

	private void inThreads(Step step) throws Exception {
		List<FutureTask<Void>> threads = IntStream.range(0, THREADS).mapToObj((thread) -> Engines.async(() -> {
			SplittableRandom random = new SplittableRandom(thread);
			for (int i = 0; i < EACH; i++) {
				step.take(random, thread + "-" + i);
			}
			return (Void) null;
		})).toList();
		for (FutureTask<Void> thread : threads) {
			Engines.get(thread);
		}
	}

	private WorkItem request(SplittableRandom random, String name) {
		WorkItem item = this.engine.initWork(name, this.queue, this::run);
		this.requests.lock();
		try {
			boolean taken = random.nextBoolean() ? this.queue.queue(item) : this.queue.queueOn(random.nextInt(2), item);
			assertThat(taken).isTrue();
			this.accepted.add(name);
		}
		finally {
			this.requests.unlock();
		}
		return item;
	}

	private void run(WorkItem work) {
		if (this.inside.incrementAndGet() > 1) {
			this.overlaps.incrementAndGet();
		}
		this.ran.add(work.name());
		this.inside.decrementAndGet();
	}

	/** What a thread does again and again. */
	private interface Step {

		void take(SplittableRandom random, String name) throws Exception;

	}

}
