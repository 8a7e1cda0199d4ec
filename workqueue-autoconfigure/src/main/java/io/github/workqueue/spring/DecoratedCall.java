package io.github.workqueue.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskDecorator;

/**
 * What the task decorators made of a request when it was accepted. Each execution of the
 * request, also a later attempt, runs inside of it.
 */
final class DecoratedCall implements Runnable {

	private final Runnable decorated;

	/** The execution; set by the worker that makes it. */
	private @Nullable Runnable execution;

	DecoratedCall(TaskDecorator decorator) {
		this.decorated = decorator.decorate(this);
	}

	/**
	 * Runs an execution in the captured context. One at a time.
	 */
	void run(Runnable execution) {
		this.execution = execution;
		try {
			this.decorated.run();
		}
		finally {
			this.execution = null;
		}
	}

	@Override
	public void run() {
		Runnable execution = this.execution;
		if (execution != null) {
			execution.run();
		}
	}

}
