package io.github.workqueue.spring;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkItemFacade;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

/**
 * The bean of a {@code @Work} handler without a key: an item of the engine, whose
 * {@code schedule} does as the annotation says.
 */
class HandlerWorkItem implements WorkItemFacade, WorkHandler, ManagedHandler {

	private final HandlerSpec spec;

	private final WorkSupport support;

	private final HandlerInvoker invoker;

	private final Enqueuer enqueuer;

	private final WorkItem target;

	HandlerWorkItem(HandlerSpec spec, WorkSupport support) {
		this.spec = spec;
		this.support = support;
		this.invoker = support.invoker(this.spec);
		this.enqueuer = support.enqueuer(this.spec);
		this.target = init(support.home(this.spec));
	}

	/**
	 * A retry needs a timer, so work that may be tried again has one.
	 */
	private WorkItem init(Workqueue home) {
		boolean timer = this.spec.isDelayed() || this.spec.maxAttempts() > 1;
		return timer ? this.support.workqueues().initDelayedWork(this.spec.name(), home, this)
				: this.support.workqueues().initWork(this.spec.name(), home, this);
	}

	final HandlerSpec spec() {
		return this.spec;
	}

	final Enqueuer enqueuer() {
		return this.enqueuer;
	}

	@Override
	public WorkItem target() {
		return this.target;
	}

	@Override
	public final @Nullable Object capture() {
		return this.support.capture();
	}

	@Override
	public final void execute(WorkExecution execution) throws Exception {
		new Attempt(this.spec, this.support, execution, AcceptedRequest.of(execution), null,
				() -> this.invoker.invoke(this))
			.make();
	}

	@Override
	public final boolean retryRefused(@Nullable Object key, WorkRetryException retry) {
		return this.support.failures().report(retry);
	}

	@Override
	public final void handle(WorkItem work) throws Exception {
		try {
			this.invoker.invoke(this);
		}
		catch (Throwable ex) {
			throw Attempt.<RuntimeException>asIs(ex);
		}
	}

	@Override
	public final String name() {
		return this.target.name();
	}

	@Override
	public boolean schedule() {
		return this.enqueuer.enqueue(this, this.target, (first, last) -> first, WorkItem::schedule);
	}

	@Override
	public final boolean isPending() {
		return this.target.isPending();
	}

	@Override
	public final boolean isRunning() {
		return this.target.isRunning();
	}

	@Override
	public final boolean flush() throws InterruptedException {
		return this.target.flush();
	}

	@Override
	public final boolean flush(Duration timeout) throws InterruptedException, TimeoutException {
		return this.target.flush(timeout);
	}

	@Override
	public final boolean cancel() {
		return this.target.cancel();
	}

	@Override
	public final boolean cancelSync() throws InterruptedException {
		return this.target.cancelSync();
	}

	@Override
	public final boolean disable() {
		return this.target.disable();
	}

	@Override
	public final boolean disableSync() throws InterruptedException {
		return this.target.disableSync();
	}

	@Override
	public final boolean enable() {
		return this.target.enable();
	}

	@Override
	public final boolean enableAndQueue(Workqueue queue) {
		return this.target.enableAndQueue(queue);
	}

	@Override
	public final String toString() {
		return "work '" + name() + "'";
	}

}
