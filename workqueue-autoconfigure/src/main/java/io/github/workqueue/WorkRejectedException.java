package io.github.workqueue;

import java.io.Serial;
import java.util.concurrent.RejectedExecutionException;

/**
 * A queue does not accept work: it drains, is destroyed, or is full. The message names
 * work, queue and state; the item is as it was before the call. <pre>{@code
 * try {
 * 	imports.schedule(file);
 * }
 * catch (WorkRejectedException ex) {
 * 	answer.tooManyRequests(ex.getMessage()); // the item is as it was
 * }
 * }</pre>
 */
public class WorkRejectedException extends RejectedExecutionException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param work the name of the work
	 * @param queue the name of the queue
	 * @param reason the state that refuses it, such as DRAINING
	 */
	public WorkRejectedException(String work, String queue, String reason) {
		super("work '" + work + "' was not queued: workqueue '" + queue + "' is " + reason);
	}

}
