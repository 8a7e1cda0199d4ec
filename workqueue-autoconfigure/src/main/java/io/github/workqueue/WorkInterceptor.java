package io.github.workqueue;

import org.jspecify.annotations.Nullable;

/**
 * For frameworks: surrounds every execution of an engine's items, and may carry something
 * from the accepted request to it. Work whose handler is a {@link ManagedHandler} is left
 * out: it does both by itself. No kernel counterpart. <pre>{@code
 * WorkInterceptor named = (execution, call) -> {
 * 	Thread.currentThread().setName(execution.work().name());
 * 	call.run();
 * };
 * }</pre>
 */
public interface WorkInterceptor {

	/**
	 * Captures nothing and surrounds nothing.
	 */
	WorkInterceptor NONE = (execution, call) -> call.run();

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
	 * Surrounds an execution, on a worker thread and without any lock. What is thrown
	 * counts as the handler's failure.
	 * @param execution what runs; valid until this call returns, on this thread only
	 * @param call calls the handler; to be run at most once
	 * @throws Throwable what the handler threw, or a failure of its own
	 */
	void intercept(WorkExecution execution, Call call) throws Throwable;

	/**
	 * A call of a handler.
	 */
	@FunctionalInterface
	interface Call {

		/**
		 * Calls the handler.
		 * @throws Throwable what the handler throws
		 */
		void run() throws Throwable;

	}

}
