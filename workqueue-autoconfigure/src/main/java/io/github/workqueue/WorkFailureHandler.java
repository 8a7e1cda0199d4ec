package io.github.workqueue;

/**
 * Told once of work that failed and is not tried again.
 */
@FunctionalInterface
public interface WorkFailureHandler {

	/**
	 * Called on the worker, after the last attempt.
	 * @param failure what failed
	 */
	void onFailure(WorkFailure failure);

}
