package io.github.workqueue.engine;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A counter that many threads increment: each thread has a cache line that it shares with
 * few others. It allocates nothing after its creation.
 */
final class StripedCounter {

	/** Longs between two stripes: two cache lines, because neighbours are prefetched. */
	private static final int STRIDE = 16;

	private static final int STRIPES = Math.min(64,
			Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2);

	private final AtomicLongArray stripes = new AtomicLongArray((STRIPES + 1) * STRIDE);

	void increment() {
		int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
		this.stripes.getAndIncrement((stripe + 1) * STRIDE);
	}

	long sum() {
		long sum = 0;
		for (int i = 1; i <= STRIPES; i++) {
			sum += this.stripes.get(i * STRIDE);
		}
		return sum;
	}

}
