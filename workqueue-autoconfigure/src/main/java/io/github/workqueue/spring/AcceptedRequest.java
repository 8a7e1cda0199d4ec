package io.github.workqueue.spring;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of the thread that made a request, from its acceptance to its last
 * attempt.
 *
 * @param call what the task decorators made of it, or null if there are none
 * @param observed what was observed in that thread, or null if nothing was
 */
record AcceptedRequest(@Nullable DecoratedCall call, @Nullable Object observed) {

	/**
	 * Runs an execution in the captured context. One at a time.
	 */
	void run(Runnable execution) {
		if (this.call != null) {
			this.call.run(execution);
		}
		else {
			execution.run();
		}
	}

}
