package io.github.workqueue;

import java.io.Serial;

/**
 * A wait that could never end, such as a handler that flushes itself or its own queue.
 * Thrown instead of waiting; nothing was changed. <pre>{@code
 * WorkItem second = workqueues.initWork("second", ordered, (work) -> catalog.refresh());
 * WorkItem first = workqueues.initWork("first", ordered, (work) -> {
 * 	second.schedule();
 * 	second.flush(); // WorkqueueDeadlockException: this run has the only slot
 * });
 * }</pre>
 */
public class WorkqueueDeadlockException extends IllegalStateException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message who would wait for whom
	 */
	public WorkqueueDeadlockException(String message) {
		super(message);
	}

}
