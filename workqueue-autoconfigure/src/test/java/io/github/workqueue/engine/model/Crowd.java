package io.github.workqueue.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.engine.WorkqueueEngine;

/**
 * Threads that make random calls of the same items, each of its home queue only. Now and
 * then all of them pause, and what is pending must start although nothing else happens
 * and some handlers stay.
 */
final class Crowd {

	/** A stand-still is for good; whatever moves is far below this. */
	private static final Duration BOUND = Duration.ofSeconds(5);

	private static final int ROUNDS = 4;

	private static final int CALLS = 40;

	private final WorkqueueEngine engine;

	private final List<SharedQueue> queues;

	private final List<SharedItem> items;

	private final ExecutorService threads;

	private final long seed;

	private final int size;

	private final CyclicBarrier pause;

	/**
	 * Allocates queues and items.
	 * @param stays whether handlers may stay
	 */
	Crowd(WorkqueueEngine engine, ExecutorService threads, long seed, boolean stays) {
		this.engine = engine;
		this.threads = threads;
		this.seed = seed;
		SplittableRandom random = new SplittableRandom(seed);
		this.size = 2 + random.nextInt(3);
		this.pause = new CyclicBarrier(this.size);
		this.queues = IntStream.range(0, 3)
			.mapToObj((i) -> new SharedQueue(engine, QueueDraft.random("queue-" + i, random), stays))
			.toList();
		this.items = IntStream.range(0, 8)
			.mapToObj((i) -> new SharedItem(engine, this.queues.get(random.nextInt(3)), i, random))
			.toList();
	}

	/** Makes all calls, then checks that nothing was lost. */
	void run() throws Exception {
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < this.size; i++) {
			Member member = new Member(new SplittableRandom(this.seed * 31 + i), i == 0);
			running.add(this.threads.submit(member));
		}
		try {
			for (Future<?> member : running) {
				member.get(4 * BOUND.toSeconds(), TimeUnit.SECONDS);
			}
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new AssertionError("seed " + this.seed + ": " + this, ex);
		}
		finally {
			this.pause.reset();
			this.engine.thaw();
			this.queues.forEach(SharedQueue::open);
		}
		for (SharedItem item : this.items) {
			item.finish(BOUND, "seed " + this.seed + ": " + this);
		}
		for (SharedQueue queue : this.queues) {
			queue.queue.destroy();
		}
	}

	@Override
	public String toString() {
		return this.size + " threads, " + this.queues + ", " + this.items;
	}

	/** One thread's calls. */
	private final class Member implements Callable<Void> {

		private final SplittableRandom random;

		private final boolean first;

		/** How often this thread has disabled an item and not enabled it yet. */
		private final Map<SharedItem, Integer> disabled = new HashMap<>();

		private Member(SplittableRandom random, boolean first) {
			this.random = random;
			this.first = first;
		}

		@Override
		public Void call() throws Exception {
			for (int round = 0; round < ROUNDS; round++) {
				for (int i = 0; i < CALLS; i++) {
					step();
				}
				enableAll();
				await();
				if (this.first) {
					Crowd.this.engine.thaw();
					check();
				}
				await();
			}
			return null;
		}

		private void await() throws InterruptedException, TimeoutException {
			try {
				Crowd.this.pause.await(3 * BOUND.toSeconds(), TimeUnit.SECONDS);
			}
			catch (BrokenBarrierException ex) {
				throw new IllegalStateException("another thread has failed", ex);
			}
		}

		private void check() throws InterruptedException {
			for (SharedItem item : Crowd.this.items) {
				item.awaitStart(BOUND);
			}
			Crowd.this.queues.forEach((queue) -> queue.letGo(this.random.nextInt(3)));
		}

		private void step() throws Exception {
			SharedQueue queue = Crowd.this.queues.get(this.random.nextInt(Crowd.this.queues.size()));
			SharedItem item = Crowd.this.items.get(this.random.nextInt(Crowd.this.items.size()));
			try {
				switch (this.random.nextInt(24)) {
					case 0 -> queue.stay();
					case 1 -> queue.changeLimit(1 + this.random.nextInt(4));
					case 2 -> queue.queue.flush(Duration.ofMillis(1));
					case 3 -> queue.queue.drain(Duration.ofMillis(1));
					case 4 -> Crowd.this.engine.freeze();
					case 5, 6 -> Crowd.this.engine.thaw();
					case 7, 8 -> disable(item);
					case 9, 10 -> enable(item);
					case 11 -> queue.execute();
					case 12 -> item.flush(Duration.ofMillis(1));
					default -> item.request(this.random);
				}
			}
			catch (WorkRejectedException ex) {
				// the queue drains or is full: nothing was accepted
			}
		}

		private void disable(SharedItem item) {
			if (item.disable()) {
				this.disabled.merge(item, 1, Integer::sum);
			}
		}

		private void enable(SharedItem item) {
			if (this.disabled.getOrDefault(item, 0) > 0) {
				item.enable(this.random.nextBoolean());
				this.disabled.merge(item, -1, Integer::sum);
			}
		}

		private void enableAll() {
			for (Map.Entry<SharedItem, Integer> entry : this.disabled.entrySet()) {
				for (int i = entry.getValue(); i > 0; i--) {
					entry.getKey().enable(false);
				}
				entry.setValue(0);
			}
		}

	}

}
