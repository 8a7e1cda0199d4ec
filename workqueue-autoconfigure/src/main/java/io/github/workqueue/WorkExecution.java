package io.github.workqueue;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a work item, as a {@link ManagedHandler} sees it.
 */
public interface WorkExecution {

	/**
	 * Returns the item, as {@link Workqueues#current()} does.
	 * @return the item
	 */
	WorkItem work();

	/**
	 * Returns the queue that the item was queued on.
	 * @return the queue
	 */
	Workqueue queue();

	/**
	 * Returns the key of keyed work.
	 * @return the key, or null for a plain item
	 */
	@Nullable Object key();

	/**
	 * Returns which attempt this is: 1, or one more than the attempt that asked for it. A
	 * success, a failure without retry and a cancelled retry start again from 1.
	 * @return the attempt
	 */
	int attempt();

	/**
	 * Returns what {@link ManagedHandler#capture()} returned for this request.
	 * @return the captured object, or null
	 */
	@Nullable Object captured();

}
