package io.github.workqueue.spring;

/**
 * Called after each request of a handler's bean has been sent, on the thread that sent
 * it.
 */
@FunctionalInterface
@Internal
public interface RequestHook {

	/**
	 * A request was sent.
	 */
	void afterRequest();

}
