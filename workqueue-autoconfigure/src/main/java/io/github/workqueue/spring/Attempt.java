package io.github.workqueue.spring;

import java.time.Duration;

import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkRetryException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a handler. From the outside in: the captured context, the observation,
 * the call; what the call throws is a reason to try again, or a failure to report while
 * the context is still in place.
 */
final class Attempt implements Runnable {

	private static final Log logger = LogFactory.getLog(Attempt.class);

	private final HandlerSpec spec;

	private final WorkSupport support;

	private final WorkExecution execution;

	private final @Nullable AcceptedRequest request;

	private final @Nullable Object key;

	private final ExecutionObserver.Call call;

	/** What the engine will be told, if the call failed. */
	private @Nullable Throwable outcome;

	Attempt(HandlerSpec spec, WorkSupport support, WorkExecution execution, @Nullable AcceptedRequest request,
			@Nullable Object key, ExecutionObserver.Call call) {
		this.spec = spec;
		this.support = support;
		this.execution = execution;
		this.request = request;
		this.key = key;
		this.call = call;
	}

	/**
	 * Makes the attempt.
	 * @throws WorkRetryException if there is to be another
	 * @throws Exception what the handler threw, if it was the last
	 */
	void make() throws Exception {
		if (this.support.isAbandoned()) {
			return;
		}
		try {
			if (this.request != null) {
				this.request.run(this);
			}
			else {
				run();
			}
		}
		catch (Throwable ex) {
			if (this.outcome == null) {
				fail(ex);
			}
		}
		if (this.outcome != null) {
			throw Attempt.<RuntimeException>asIs(this.outcome);
		}
	}

	/**
	 * The part that runs inside of the captured context.
	 */
	@Override
	public void run() {
		Object observed = (this.request != null) ? this.request.observed() : null;
		try {
			this.support.observer()
				.observe(this.spec.name(), this.execution.queue().name(), this.spec.handlerMethod(), observed,
						this.call);
		}
		catch (Throwable ex) {
			fail(ex);
			throw Attempt.<RuntimeException>asIs(ex);
		}
	}

	private void fail(Throwable cause) {
		int attempt = this.execution.attempt();
		if (cause instanceof Exception && attempt < this.spec.maxAttempts()) {
			Duration delay = this.spec.backoff().after(attempt);
			logger.debug("Attempt " + attempt + " of work '" + this.spec.name() + "' failed, the next is in " + delay,
					cause);
			this.outcome = new WorkRetryException(delay, failure(attempt, cause));
			return;
		}
		this.outcome = (cause instanceof WorkRetryException) ? new IllegalStateException(cause) : cause;
		this.support.failures().report(failure(attempt, cause));
	}

	private WorkFailure failure(int attempt, Throwable cause) {
		return new WorkFailure(this.spec.name(), this.execution.queue().name(), this.key, attempt, cause);
	}

	/**
	 * Throws anything as it is, whatever the compiler believes.
	 */
	@SuppressWarnings("unchecked")
	static <X extends Throwable> X asIs(Throwable failure) throws X {
		throw (X) failure;
	}

}
