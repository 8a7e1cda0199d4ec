package io.github.workqueue.engine;

import java.util.concurrent.locks.LockSupport;

/**
 * The clock of an engine, and the seam through which tests turn time by hand: all waits
 * of the engine that have a limit go through {@link #parkNanos}.
 */
@FunctionalInterface
public interface TimeSource {

	/**
	 * The clock of the JVM.
	 */
	TimeSource SYSTEM = System::nanoTime;

	/**
	 * Returns the time in nanoseconds since an arbitrary moment; it never goes back.
	 * @return the time, to be compared by difference only
	 */
	long nanoTime();

	/**
	 * Returns the time by which the engine looks after its workers, in nanoseconds since
	 * an arbitrary moment. Another one than {@link #nanoTime()} where time is turned by
	 * hand, and workers block meanwhile.
	 * @return the time, to be compared by difference only
	 */
	default long lookNanos() {
		return nanoTime();
	}

	/**
	 * Parks the calling thread until it is unparked, interrupted or the time is over; may
	 * return earlier for no reason.
	 * @param blocker what the thread waits for, for thread dumps
	 * @param nanos the longest wait in nanoseconds of this clock
	 */
	default void parkNanos(Object blocker, long nanos) {
		LockSupport.parkNanos(blocker, nanos);
	}

}
