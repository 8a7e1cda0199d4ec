package io.github.workqueue.sample;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what led to work. Any thread. */
final class Activity {

	private final long startNanos = System.nanoTime();

	private final LongAdder found = new LongAdder();

	private final LongAdder watched = new LongAdder();

	private final LongAdder overflows = new LongAdder();

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

	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

}
