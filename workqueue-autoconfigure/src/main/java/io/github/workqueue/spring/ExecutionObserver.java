package io.github.workqueue.spring;

import org.jspecify.annotations.Nullable;

/**
 * Surrounds each execution.
 */
public interface ExecutionObserver {

	/** Observes nothing. */
	ExecutionObserver NONE = (work, queue, method, call) -> call.run();

	/**
	 * Calls the handler.
	 * @param work the work's name
	 * @param queue the name of the queue that it was on
	 * @param method the handler as class and method, or null for a task of an executor
	 * @param call the call, to be made once; what it throws is to be thrown
	 * @throws Throwable what the call threw, itself
	 */
	void observe(String work, String queue, @Nullable HandlerMethod method, Call call) throws Throwable;

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
