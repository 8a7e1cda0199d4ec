package io.github.workqueue;

import org.jspecify.annotations.Nullable;

/**
 * For frameworks: a {@link WorkHandler} or {@link KeyedWorkHandler} that implements this
 * as well is called through {@link #execute} instead. It can carry something from the
 * accepted request to the execution, knows which attempt it is, and may ask for another
 * with a {@link WorkRetryException}. The engine counts what it throws and leaves the
 * logging to it.
 */
public interface ManagedHandler {

	/**
	 * Called by the thread whose request is about to be accepted, before the item is
	 * taken; not for requests that meet a pending or disabled item or a closed queue, nor
	 * for retries, which keep the first capture. An exception goes to the caller and the
	 * item stays idle. If another request comes first, the result is dropped.
	 * @return what {@link WorkExecution#captured()} will return, or null
	 */
	default @Nullable Object capture() {
		return null;
	}

	/**
	 * Runs the work, on a worker thread.
	 * @param execution what runs; valid until this call returns, on this thread only
	 * @throws WorkRetryException to be run again later
	 * @throws Exception anything else: counted as failed, not logged
	 */
	void execute(WorkExecution execution) throws Exception;

}
