package io.github.workqueue;

import org.jspecify.annotations.Nullable;

/**
 * Told of every enqueue and every execution, and of queues that come and go. The calls
 * are made on the thread that queues, executes, allocates or destroys, without any lock;
 * they should be short. What they throw is logged and changes nothing. <pre class="code">
 * WorkListener slow = new WorkListener() {
 *
 * 	&#064;Override
 * 	public void finished(WorkItem work, Workqueue queue, long ranNanos, &#064;Nullable Throwable failure) {
 * 		if (ranNanos &gt; 1_000_000_000) {
 * 			logger.warn(work.name() + " took " + ranNanos / 1_000_000 + " ms");
 * 		}
 * 	}
 *
 * };
 * </pre>
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
	 * @param waitedNanos the time since it was put on the queue; exact, since the engine
	 * reads the clock for each item while there is a listener
	 */
	default void started(WorkItem work, Workqueue queue, long waitedNanos) {
	}

	/**
	 * The handler has ended.
	 * @param work the item
	 * @param queue the queue that it was on
	 * @param ranNanos the time that the handler took, without what listeners did before;
	 * exact
	 * @param failure what it threw, or null
	 */
	default void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
	}

	/**
	 * A queue was allocated; it can be found by its name. Not called for the system
	 * queues, which every engine has from its start. Other threads may use the queue
	 * already, and even destroy it, before this is called.
	 * @param queue the queue
	 */
	default void allocated(Workqueue queue) {
	}

	/**
	 * A queue was destroyed, or its engine closed, which ends the system queues too.
	 * Called once per queue: when its last execution has ended, if close did not run out
	 * of time, and before {@code destroy} or {@code close} returns. The queue refuses all
	 * work by now; its name is in use until after this call.
	 * @param queue the queue
	 */
	default void destroyed(Workqueue queue) {
	}

	/**
	 * A pool has waiting items and made no progress for the watchdog's threshold; called
	 * once per threshold while it lasts, on a thread that only does this.
	 * @param report the report, as logged
	 */
	default void stalled(String report) {
	}

}
