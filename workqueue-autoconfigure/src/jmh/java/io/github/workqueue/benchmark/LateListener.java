package io.github.workqueue.benchmark;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

/** Passes executions on to a listener that needs the engine itself. */
final class LateListener implements WorkListener {

	WorkListener target = WorkListener.NONE;

	@Override
	public void queued(WorkItem work, Workqueue queue) {
		this.target.queued(work, queue);
	}

	@Override
	public void started(WorkItem work, Workqueue queue, long waitedNanos) {
		this.target.started(work, queue, waitedNanos);
	}

	@Override
	public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
		this.target.finished(work, queue, ranNanos, failure);
	}

}
