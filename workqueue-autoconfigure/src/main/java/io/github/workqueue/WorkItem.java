package io.github.workqueue;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A function that can be queued ({@code struct work_struct}). It is pending at most once,
 * may be queued again as soon as it runs, and never runs beside itself on one queue.
 * <p>
 * All calls may be made from any thread. The waiting ones throw
 * {@link WorkqueueDeadlockException} at once where they could never return. <pre>{@code
 * WorkItem refresh = workqueues.initWork("refresh", (work) -> catalog.refresh());
 * refresh.schedule();
 * refresh.schedule(); // false: that run is still to come
 * refresh.flush();
 * }</pre>
 */
public interface WorkItem {

	/**
	 * Returns the name, as given; never blank.
	 * @return the name
	 */
	String name();

	/**
	 * Queues the item on its home queue ({@code queue_work}). What the caller wrote
	 * before is visible to the run that follows, also when the result is false because
	 * the item was pending.
	 * @return true if this call made the item pending, false if it was pending already or
	 * is disabled
	 * @throws WorkRejectedException if the queue drains or is destroyed
	 */
	boolean schedule();

	/**
	 * Tells whether the item is queued or its timer armed ({@code work_pending}): from
	 * acceptance until just before the handler is called. Advisory.
	 * @return true if it is pending
	 */
	boolean isPending();

	/**
	 * Tells whether a worker executes the item ({@code work_busy & WORK_BUSY_RUNNING}).
	 * Advisory.
	 * @return true if it runs
	 */
	boolean isRunning();

	/**
	 * Waits for the last queued instance ({@code flush_work}), or until it is cancelled
	 * or moved. A delayed item whose timer is armed is queued now
	 * ({@code flush_delayed_work}).
	 * @return true if it waited, false if the item was idle
	 * @throws InterruptedException if interrupted while waiting
	 * @throws WorkqueueDeadlockException if the wait could never end
	 */
	boolean flush() throws InterruptedException;

	/**
	 * Waits as {@link #flush()} does, for a limited time.
	 * @param timeout the longest wait; not negative
	 * @return true if it waited, false if the item was idle
	 * @throws InterruptedException if interrupted while waiting
	 * @throws TimeoutException if the instance has not ended in time
	 * @throws WorkqueueDeadlockException if the wait could never end
	 */
	boolean flush(Duration timeout) throws InterruptedException, TimeoutException;

	/**
	 * Removes a pending instance ({@code cancel_work}, {@code cancel_delayed_work}). A
	 * running one goes on.
	 * @return true if the item was pending
	 */
	boolean cancel();

	/**
	 * Removes a pending instance and waits for a running one ({@code cancel_work_sync}).
	 * Requests made during the wait are refused, so an item that queues itself is stopped
	 * as well.
	 * @return true if the item was pending
	 * @throws InterruptedException if interrupted while waiting; the pending instance
	 * stays removed
	 * @throws WorkqueueDeadlockException if called by the item's own handler
	 */
	boolean cancelSync() throws InterruptedException;

	/**
	 * Adds one to the disable depth and removes a pending instance
	 * ({@code disable_work}). While the depth is above zero every request is refused.
	 * @return true if the item was pending
	 * @throws IllegalStateException if the depth is 65535 already
	 */
	boolean disable();

	/**
	 * Disables as {@link #disable()} does and waits for a running instance
	 * ({@code disable_work_sync}).
	 * @return true if the item was pending
	 * @throws InterruptedException if interrupted while waiting; the depth is as before
	 * @throws WorkqueueDeadlockException if called by the item's own handler
	 */
	boolean disableSync() throws InterruptedException;

	/**
	 * Takes one from the disable depth ({@code enable_work}). Requests that were refused
	 * meanwhile are lost.
	 * @return true if the item is enabled now
	 * @throws IllegalStateException if the item is not disabled
	 */
	boolean enable();

	/**
	 * Takes one from the disable depth and, if the item is enabled now, queues it
	 * ({@code enable_and_queue_work}).
	 * @param queue the queue to use
	 * @return true if the item is enabled now
	 * @throws IllegalStateException if the item is not disabled
	 * @throws WorkRejectedException if the queue refuses; the depth is as before
	 */
	boolean enableAndQueue(Workqueue queue);

}
