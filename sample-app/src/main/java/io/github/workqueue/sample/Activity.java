package io.github.workqueue.sample;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what led to work. Any thread. */
final class Activity {

	private volatile long startNanos = System.nanoTime();

	private final LongAdder found = new LongAdder();

	private final LongAdder watched = new LongAdder();

	private final LongAdder overflows = new LongAdder();

	/** Starts to count the time. */
	void started() {
		this.startNanos = System.nanoTime();
	}

	void found() {
		this.found.increment();
	}

	void watched() {
		this.watched.increment();
	}

	void overflow() {
		this.overflows.increment();
	}

	EventTotals totals() {
		return new EventTotals(this.found.sum(), this.watched.sum(), this.overflows.sum());
	}

	/**
	 * Tells how long ago the application began to look at files.
	 * @return the time
	 */
	Duration time() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

}
