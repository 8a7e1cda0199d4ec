package io.github.workqueue.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A burst of tasks that can be repeated. The caller is the first of its producers.
 */
final class Burst implements AutoCloseable {

	private final int size;

	private final AtomicInteger left = new AtomicInteger();

	private final Runnable own;

	private final List<Producer> others = new ArrayList<>();

	/**
	 * Prepares a burst.
	 * @param queues over how many queues it is spread; every producer has its own, or at
	 * least one
	 * @param fresh whether tasks are made in the burst
	 */
	Burst(Runner runner, int size, int producers, int queues, boolean fresh) {
		this.size = size / producers * producers;
		List<Runnable> shares = IntStream.range(0, producers)
			.mapToObj((producer) -> share(runner, producer, producers, queues, fresh))
			.toList();
		this.own = shares.get(0);
		shares.stream().skip(1).map(Producer::new).forEach(this.others::add);
	}

	private Runnable share(Runner runner, int producer, int producers, int queues, boolean fresh) {
		int count = this.size / producers;
		if (fresh) {
			return runner.prepareFresh(this.left::decrementAndGet, count);
		}
		Runnable[] bodies = new Runnable[count];
		for (int i = 0; i < count; i++) {
			bodies[i] = this.left::decrementAndGet;
		}
		int first = producer * queues / producers;
		int own = Math.max(1, (producer + 1) * queues / producers - first);
		return (queues == 1) ? runner.prepare(bodies) : runner.prepare(bodies, first, own);
	}

	/** Submits all and waits until all have run. */
	void run() {
		this.left.set(this.size);
		this.others.forEach(Producer::go);
		this.own.run();
		while (this.left.get() != 0) {
			Thread.onSpinWait();
		}
	}

	@Override
	public void close() {
		this.others.forEach(Producer::interrupt);
	}

	/** Submits its share whenever it is told to. */
	private static final class Producer extends Thread {

		private final Semaphore turns = new Semaphore(0);

		private final Runnable share;

		Producer(Runnable share) {
			super("producer");
			this.share = share;
			setDaemon(true);
			start();
		}

		void go() {
			this.turns.release();
		}

		@Override
		public void run() {
			try {
				while (true) {
					this.turns.acquire();
					this.share.run();
				}
			}
			catch (InterruptedException ex) {
				// the end of the benchmark
			}
		}

	}

}
