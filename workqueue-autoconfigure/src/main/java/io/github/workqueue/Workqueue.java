package io.github.workqueue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A queue of work items ({@code struct workqueue_struct}): flags and limits. It owns no
 * threads but a rescuer; the engine's pools serve all queues.
 * <p>
 * All calls may be made from any thread. The waiting ones throw
 * {@link WorkqueueDeadlockException} at once on a worker that executes an item of this
 * queue. <pre>{@code
 * queue.queue(work);
 * queue.setMaxActive(2); // what runs already goes on
 * queue.drain(); // until nothing is left; meanwhile only running work may queue
 * }</pre>
 */
public interface Workqueue {

	/**
	 * Returns the name, unique in its engine.
	 * @return the name
	 */
	String name();

	/**
	 * Returns the flags in force: always one of PERCPU and UNBOUND.
	 * @return the flags, unmodifiable
	 */
	Set<WorkqueueFlag> flags();

	/**
	 * Tells whether items run one at a time in the order in which they were queued.
	 * @return true for an ordered queue
	 */
	boolean isOrdered();

	/**
	 * Returns how many items may be started at once: per CPU, or in all for an unbound
	 * queue.
	 * @return the limit, 0 (none) for a BH queue
	 */
	int maxActive();

	/**
	 * Changes the limit ({@code workqueue_set_max_active}). Raising it starts waiting
	 * items; lowering it stops nothing that has started.
	 * @param maxActive the limit, 1 to 2048
	 * @throws IllegalStateException for an ordered or a BH queue
	 */
	void setMaxActive(int maxActive);

	/**
	 * Returns how many interdependent items may always be active.
	 * @return the limit, never above {@link #maxActive()} but for BH queues
	 */
	int minActive();

	/**
	 * Changes the lower limit ({@code workqueue_set_min_active}).
	 * @param minActive the limit, 1 to {@link #maxActive()}
	 * @throws IllegalStateException for any queue but an unordered unbound one
	 */
	void setMinActive(int minActive);

	/**
	 * Queues an item ({@code queue_work}).
	 * @param work the item
	 * @return true if this call made the item pending, false if it was pending already or
	 * is disabled
	 * @throws WorkRejectedException if this queue drains or is destroyed
	 */
	boolean queue(WorkItem work);

	/**
	 * Queues an item on the pool of a CPU ({@code queue_work_on}).
	 * @param cpu the CPU, 0 to {@link Workqueues#cpus()} - 1
	 * @param work the item
	 * @return as {@link #queue(WorkItem)}
	 * @throws WorkRejectedException if this queue drains or is destroyed
	 */
	boolean queueOn(int cpu, WorkItem work);

	/**
	 * Queues an item after a delay ({@code queue_delayed_work}); if it is pending the
	 * first deadline stays.
	 * @param work the item
	 * @param delay the delay, not negative; zero queues now
	 * @return as {@link #queue(WorkItem)}
	 * @throws WorkRejectedException if this queue drains or is destroyed
	 */
	boolean queueDelayed(DelayedWorkItem work, Duration delay);

	/**
	 * Queues an item on the pool of a CPU after a delay ({@code queue_delayed_work_on}).
	 * @param cpu the CPU, 0 to {@link Workqueues#cpus()} - 1
	 * @param work the item
	 * @param delay the delay, not negative; zero queues now
	 * @return as {@link #queue(WorkItem)}
	 * @throws WorkRejectedException if this queue drains or is destroyed
	 */
	boolean queueDelayedOn(int cpu, DelayedWorkItem work, Duration delay);

	/**
	 * Queues an item after a delay, moving it if it is pending
	 * ({@code mod_delayed_work}).
	 * @param work the item
	 * @param delay the delay, not negative; zero queues now
	 * @return true if the item was pending, false if it was idle or is disabled
	 * @throws WorkRejectedException if this queue drains or is destroyed; a pending
	 * instance stays as it was
	 */
	boolean modDelayed(DelayedWorkItem work, Duration delay);

	/**
	 * Queues an item on the pool of a CPU after a delay, moving it if it is pending
	 * ({@code mod_delayed_work_on}).
	 * @param cpu the CPU, 0 to {@link Workqueues#cpus()} - 1
	 * @param work the item
	 * @param delay the delay, not negative; zero queues now
	 * @return true if the item was pending, false if it was idle or is disabled
	 * @throws WorkRejectedException if this queue drains or is destroyed
	 */
	boolean modDelayedOn(int cpu, DelayedWorkItem work, Duration delay);

	/**
	 * Waits until everything that was queued before the call has ended
	 * ({@code flush_workqueue}); later items and timers that are not due are not waited
	 * for. Every item counts for which some request, true or false, has returned before:
	 * also one that another thread has taken and not yet queued.
	 * @throws InterruptedException if interrupted while waiting
	 */
	void flush() throws InterruptedException;

	/**
	 * Waits as {@link #flush()} does, for a limited time.
	 * @param timeout the longest wait, not negative
	 * @return false if the time ran out
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean flush(Duration timeout) throws InterruptedException;

	/**
	 * Refuses all but chained work and waits until the queue is empty
	 * ({@code drain_workqueue}); afterwards it can be used again.
	 * @throws InterruptedException if interrupted while waiting
	 */
	void drain() throws InterruptedException;

	/**
	 * Drains as {@link #drain()} does, for a limited time.
	 * @param timeout the longest wait, not negative
	 * @return false if the time ran out
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean drain(Duration timeout) throws InterruptedException;

	/**
	 * Drains the queue, cancels its armed timers and ends it ({@code destroy_workqueue}).
	 * Idempotent.
	 * @throws InterruptedException if interrupted while waiting; the queue serves on
	 * @throws IllegalStateException for a system queue
	 */
	void destroy() throws InterruptedException;

	/**
	 * Tells whether some item waits for {@code max_active} ({@code workqueue_congested}).
	 * Advisory.
	 * @return true if some item waits, on any CPU
	 */
	boolean isCongested();

	/**
	 * Returns a view for which every Runnable is a fresh work item, named
	 * {@code QUEUE.executor}.
	 * @return the view
	 */
	Executor asExecutor();

}
