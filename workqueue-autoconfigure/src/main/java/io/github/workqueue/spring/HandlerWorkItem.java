package io.github.workqueue.spring;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkItemFacade;
import io.github.workqueue.Workqueue;

/**
 * The bean of a {@code @Work} handler without a key: an item of the engine, whose
 * {@code schedule} does as the annotation says.
 */
class HandlerWorkItem extends HandlerWork implements WorkItemFacade, WorkHandler {

	private final WorkItem target;

	HandlerWorkItem(HandlerSpec spec, WorkSupport support) {
		super(spec, support);
		this.target = isTimed(spec) ? support.workqueues().initDelayedWork(spec.name(), home(), this)
				: support.workqueues().initWork(spec.name(), home(), this);
	}

	/** A retry needs a timer, so work that may be tried again has one. */
	private static boolean isTimed(HandlerSpec spec) {
		return spec.isDelayed() || spec.maxAttempts() > 1;
	}

	@Override
	public WorkItem target() {
		return this.target;
	}

	@Override
	public final void execute(WorkExecution execution) throws Exception {
		attempt(execution, AcceptedRequest.of(execution), null, this);
	}

	@Override
	public final void handle(WorkItem work) throws Exception {
		call(this);
	}

	@Override
	public final String name() {
		return this.target.name();
	}

	@Override
	public boolean schedule() {
		return enqueuer().enqueue(this, this.target, (first, last) -> first, WorkItem::schedule);
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
