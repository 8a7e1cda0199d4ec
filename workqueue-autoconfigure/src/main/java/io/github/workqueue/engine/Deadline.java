package io.github.workqueue.engine;

/**
 * The end of a wait that has several parts.
 */
final class Deadline {

	private final TimeSource time;

	private final long nanos;

	private final long start;

	/**
	 * Begins the wait.
	 * @param nanos the longest wait, or {@link Completion#FOREVER}
	 */
	Deadline(TimeSource time, long nanos) {
		this.time = time;
		this.nanos = nanos;
		this.start = (nanos != Completion.FOREVER) ? time.nanoTime() : 0;
	}

	/** The time that is left, 0 if none is, or {@link Completion#FOREVER}. */
	long left() {
		if (this.nanos == Completion.FOREVER) {
			return this.nanos;
		}
		return Math.max(0, this.nanos - (this.time.nanoTime() - this.start));
	}

}
