package io.github.workqueue;

import org.jspecify.annotations.Nullable;

/**
 * Told of every enqueue and every execution. The calls are made on the thread that queues
 * or executes, without any lock; they should be short. What they throw is logged and
 * changes nothing.
 */
public interface WorkListener {

	/**
	 * Does nothing.
	 */
	WorkListener NONE = new WorkListener() {
	};

	/**
	 * An item was put on a queue: by a request, or by its timer when it is due. It may
	 * have started already.
	 * @param work the item
	 * @param queue the queue
	 */
	default void queued(WorkItem work, Workqueue queue) {
	}

	/**
	 * The handler is about to be called.
	 * @param work the item
	 * @param queue the queue that it was on
	 * @param waitedNanos the time since it was put on the queue
	 */
	default void started(WorkItem work, Workqueue queue, long waitedNanos) {
	}

	/**
	 * The handler has ended.
	 * @param work the item
	 * @param queue the queue that it was on
	 * @param ranNanos the time since the handler was called
	 * @param failure what it threw, or null
	 */
	default void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
	}

	/**
	 * A pool has waiting items and made no progress for the watchdog's threshold; called
	 * once per threshold while it lasts, on a thread that only does this.
	 * @param report the report, as logged
	 */
	default void stalled(String report) {
	}

}
