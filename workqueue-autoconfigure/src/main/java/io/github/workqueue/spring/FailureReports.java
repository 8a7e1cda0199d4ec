package io.github.workqueue.spring;

import java.util.List;

import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.WorkRetryException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells of work that failed for good: every failure handler, the listeners of application
 * events, and the log where there is no handler. What they throw is logged.
 */
final class FailureReports {

	private static final Log logger = LogFactory.getLog(FailureReports.class);

	private final ObjectProvider<WorkFailureHandler> handlers;

	private final ApplicationEventPublisher events;

	FailureReports(ObjectProvider<WorkFailureHandler> handlers, ApplicationEventPublisher events) {
		this.handlers = handlers;
		this.events = events;
	}

	/** Reports a failure that nobody else logs. */
	void report(WorkFailure failure) {
		if (tell(failure) == 0) {
			logger.error(describe(failure), failure.cause());
		}
	}

	/**
	 * Reports the failure of an attempt that was not to be the last, if it is known.
	 * @return whether it is
	 */
	boolean report(WorkRetryException retry) {
		retry.failure().ifPresent(this::report);
		return retry.failure().isPresent();
	}

	/**
	 * Tells everybody but the log.
	 * @return how many failure handlers were told
	 */
	int tell(WorkFailure failure) {
		List<WorkFailureHandler> handlers = this.handlers.orderedStream().toList();
		handlers.forEach((handler) -> tell(failure, () -> handler.onFailure(failure)));
		tell(failure, () -> this.events.publishEvent(failure));
		return handlers.size();
	}

	private static void tell(WorkFailure failure, Runnable listener) {
		try {
			listener.run();
		}
		catch (Throwable ex) {
			logger.error("A listener to failures failed itself, when told that " + describe(failure), ex);
		}
	}

	private static String describe(WorkFailure failure) {
		return "work '" + failure.work() + "' of workqueue '" + failure.queue() + "' failed on worker "
				+ Thread.currentThread().getName() + " in attempt " + failure.attempts() + ", its last";
	}

}
