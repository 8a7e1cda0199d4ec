package io.github.workqueue.engine;

/**
 * The clock of an engine: the seam through which tests turn time by hand.
 */
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

}
