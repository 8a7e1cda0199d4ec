package io.github.workqueue.engine;

/**
 * What becomes of armed timers when the engine closes. Debounced requests and retries
 * always run.
 */
public enum DelayedWorkPolicy {

	/**
	 * They are cancelled, and named in the log.
	 */
	CANCEL,

	/**
	 * They run at once.
	 */
	RUN

}
