package io.github.workqueue.engine;

/**
 * What becomes of armed timers when the engine closes. Debounced requests and retries
 * always run. <pre>{@code
 * EngineSettings settings = EngineSettings.builder().delayedWork(DelayedWorkPolicy.RUN).build();
 * }</pre>
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
