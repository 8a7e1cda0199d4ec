package io.github.workqueue.spring;

import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

/**
 * What the beans of handlers on queues in memory have in common: each is what users call,
 * and what the engine runs.
 */
abstract class HandlerWork implements ManagedHandler {

	private final HandlerSpec spec;

	private final WorkSupport support;

	private final HandlerInvoker invoker;

	private final Enqueuer enqueuer;

	private final Workqueue home;

	HandlerWork(HandlerSpec spec, WorkSupport support) {
		this.spec = spec;
		this.support = support;
		this.invoker = support.invoker(spec);
		this.enqueuer = support.enqueuer(spec);
		this.home = support.home(spec);
	}

	final HandlerSpec spec() {
		return this.spec;
	}

	final WorkSupport support() {
		return this.support;
	}

	final Enqueuer enqueuer() {
		return this.enqueuer;
	}

	final Workqueue home() {
		return this.home;
	}

	@Override
	public @Nullable Object capture() {
		return this.support.capture();
	}

	/**
	 * Calls the handler as the annotation says.
	 * @param request what the execution has of its request
	 * @param key what a failure is reported with
	 */
	final void attempt(WorkExecution execution, @Nullable AcceptedRequest request, @Nullable Object key,
			Object argument) throws Exception {
		new Attempt(this.spec, this.support, execution, request, key, () -> this.invoker.invoke(argument)).make();
	}

	/** Calls the handler, and nothing else. */
	final void call(Object argument) throws Exception {
		try {
			this.invoker.invoke(argument);
		}
		catch (Throwable ex) {
			throw Attempt.<RuntimeException>asIs(ex);
		}
	}

	@Override
	public final boolean retryRefused(@Nullable Object key, WorkRetryException retry) {
		givenUp(key);
		return this.support.failures().report(retry);
	}

	/** Called when there will not be the other attempt that was asked for. */
	void givenUp(@Nullable Object key) {
	}

}
