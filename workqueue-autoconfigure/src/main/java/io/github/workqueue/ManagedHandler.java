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

	/**
	 * Called on the worker thread after {@link #execute} if it asked for another attempt
	 * that there will not be: the item was disabled meanwhile, or its queue has ended.
	 * Must not throw.
	 * @param key the key of keyed work, or null
	 * @param retry what {@code execute} threw
	 * @return whether the failure has been seen to; else the engine logs it
	 */
	default boolean retryRefused(@Nullable Object key, WorkRetryException retry) {
		return false;
	}

	/**
	 * Called when an accepted item will never run, since its queue or its engine has
	 * ended. Must not throw.
	 * @param key the key of keyed work, or null
	 * @return how many accepted works the item stood for, at least 1
	 */
	default int dropped(@Nullable Object key) {
		return 1;
	}

}
