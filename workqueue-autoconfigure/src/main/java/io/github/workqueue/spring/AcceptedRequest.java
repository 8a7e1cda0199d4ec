package io.github.workqueue.spring;

import io.github.workqueue.WorkExecution;
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
	 * Returns what was kept for an execution, or null.
	 */
	static @Nullable AcceptedRequest of(WorkExecution execution) {
		return (execution.captured() instanceof AcceptedRequest request) ? request : null;
	}

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
