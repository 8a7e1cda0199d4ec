package io.github.workqueue.durable;

import java.time.Duration;

/**
 * A time in which something costly is not done again, so that it takes a twentieth of the
 * time at most.
 *
 * @param end when it was done, by a clock that never jumps, in nanoseconds
 * @param nanos how long it is not done again
 */
record Rest(long end, long nanos) {

	/** Nothing was done yet. */
	static final Rest NONE = new Rest(0, Long.MIN_VALUE);

	private static final int RARELY = 19;

	/** After something that was begun and ended at these times. */
	static Rest after(long start, long end) {
		return new Rest(end, RARELY * (end - start));
	}

	Rest atMost(Duration longest) {
		return new Rest(this.end, Math.min(this.nanos, longest.toNanos()));
	}

	Duration left(long now) {
		return Duration.ofNanos(this.nanos - (now - this.end));
	}

	boolean isOver(long now) {
		return now - this.end >= this.nanos;
	}

}
