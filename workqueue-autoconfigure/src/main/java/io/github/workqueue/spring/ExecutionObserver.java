package io.github.workqueue.spring;

import org.jspecify.annotations.Nullable;

/**
 * Surrounds each execution.
 */
@Internal
public interface ExecutionObserver {

	/** Observes nothing. */
	ExecutionObserver NONE = (work, queue, method, request, call) -> call.run();

	/**
	 * Returns what is observed in the calling thread when a request is accepted, to which
	 * its executions are to be linked.
	 * @return what to give to {@code observe} as request, or null if there is nothing
	 */
	default @Nullable Object request() {
		return null;
	}

	/**
	 * Calls the handler.
	 * @param work the work's name
	 * @param queue the name of the queue that it was on
	 * @param method the handler as class and method, or null if there is no such method
	 * @param request what {@link #request()} returned when the request was accepted
	 * @param call the call, to be made once; what it throws is to be thrown
	 * @throws Throwable what the call threw, itself
	 */
	void observe(String work, String queue, @Nullable HandlerMethod method, @Nullable Object request, Call call)
			throws Throwable;

	/**
	 * A call of a handler.
	 */
	@FunctionalInterface
	interface Call {

		/**
		 * Makes the call.
		 * @throws Throwable what the handler threw, itself
		 */
		void run() throws Throwable;

	}

	/**
	 * The method behind a work.
	 *
	 * @param type the name of its class
	 * @param name the name of the method
	 */
	record HandlerMethod(String type, String name) {
	}

}
