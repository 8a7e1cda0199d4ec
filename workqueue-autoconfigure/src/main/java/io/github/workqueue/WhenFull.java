package io.github.workqueue;

/**
 * What a queue does with a request beyond its {@code max-pending}.
 */
public enum WhenFull {

	/**
	 * Throws a {@link WorkRejectedException}.
	 */
	REJECT,

	/**
	 * Lets the caller wait until there is room; workers of the engine never wait.
	 */
	CALLER_WAITS

}
