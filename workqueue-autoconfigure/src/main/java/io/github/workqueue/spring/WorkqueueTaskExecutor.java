package io.github.workqueue.spring;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;

/**
 * A queue as an executor: every task is a work item of its own, in the context of its
 * submitter as far as task decorators carry it. On an engine of ours the
 * {@link ContextInterceptor} sees to that; on an engine that the user has made it is done
 * here. A refusal is Spring's, with the queue's as its cause.
 */
final class WorkqueueTaskExecutor implements AsyncTaskExecutor {

	private final Executor executor;

	private final String queue;

	private final WorkSupport support;

	WorkqueueTaskExecutor(Workqueue queue, WorkSupport support) {
		this.executor = queue.asExecutor();
		this.queue = queue.name();
		this.support = support;
	}

	@Override
	public void execute(Runnable task) {
		Objects.requireNonNull(task, "'task' must not be null");
		try {
			give(task);
		}
		catch (RejectedExecutionException ex) {
			throw new TaskRejectedException(this + " did not accept a task: " + ex.getMessage(), ex);
		}
	}

	private void give(Runnable task) {
		if (this.support.isIntercepted()) {
			this.executor.execute(task);
			return;
		}
		Object observed = this.support.observer().request();
		this.executor.execute(this.support.decorators().decorate(() -> observe(task, observed)));
	}

	private void observe(Runnable task, @Nullable Object observed) {
		if (this.support.isAbandoned()) {
			return;
		}
		try {
			this.support.observer().observe(this.queue + ".executor", this.queue, null, observed, task::run);
		}
		catch (Throwable ex) {
			throw Attempt.<RuntimeException>asIs(ex);
		}
	}

	@Override
	public String toString() {
		return "executor of workqueue '" + this.queue + "'";
	}

}
