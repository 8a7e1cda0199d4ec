package io.github.workqueue;

/**
 * Told once of work that failed and is not tried again: of annotated handlers, whose
 * failures are logged only where there is no bean of this type, and of every other item
 * of the engine of the context, tasks of executors included, whose failures are always
 * logged. <pre class="code">
 * &#064;Bean
 * WorkFailureHandler alarm(Pager pager) {
 * 	return (failure) -&gt; pager.send(failure.work() + " failed " + failure.attempts() + " times", failure.cause());
 * }
 * </pre>
 */
@FunctionalInterface
public interface WorkFailureHandler {

	/**
	 * Called on the worker, after the last attempt.
	 * @param failure what failed
	 */
	void onFailure(WorkFailure failure);

}
