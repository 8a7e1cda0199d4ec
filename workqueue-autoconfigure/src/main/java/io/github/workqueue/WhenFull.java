package io.github.workqueue;

/**
 * What a queue does with a request beyond its {@code max-pending}. <pre>{@code
 * workqueues.alloc(WorkqueueSpec.named("imports").maxPending(100, WhenFull.CALLER_WAITS));
 * }</pre>
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
