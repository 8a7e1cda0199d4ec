package io.github.workqueue.engine;

import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A counter of many threads.
 */
public final class CounterDriver {

	private final StripedCounter counter = new StripedCounter();

	@Operation
	public void increment() {
		this.counter.increment();
	}

	@Operation
	public long sum() {
		return this.counter.sum();
	}

	/** The same, one after the other. */
	public static final class Specification {

		private long count;

		public void increment() {
			this.count++;
		}

		public long sum() {
			return this.count;
		}

	}

}
