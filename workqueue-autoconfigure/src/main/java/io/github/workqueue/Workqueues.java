package io.github.workqueue;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/**
 * The workqueue subsystem: makes work items and queues, and finds them again. <pre>{@code
 * Workqueue exports = workqueues.alloc("exports", 4, WorkqueueFlag.UNBOUND);
 * WorkItem daily = workqueues.initWork("daily", exports, (work) -> reports.exportDay());
 * daily.schedule();
 * }</pre>
 */
public interface Workqueues {

	/**
	 * Makes a work item whose home is {@code system_wq} ({@code INIT_WORK}).
	 * @param name the name, not blank
	 * @param handler what it does
	 * @return the item, idle
	 */
	WorkItem initWork(String name, WorkHandler handler);

	/**
	 * Makes a work item.
	 * @param name the name, not blank
	 * @param home the queue that {@link WorkItem#schedule()} uses
	 * @param handler what it does
	 * @return the item, idle
	 */
	WorkItem initWork(String name, Workqueue home, WorkHandler handler);

	/**
	 * Makes a delayed work item whose home is {@code system_wq}
	 * ({@code INIT_DELAYED_WORK}).
	 * @param name the name, not blank
	 * @param handler what it does
	 * @return the item, idle
	 */
	DelayedWorkItem initDelayedWork(String name, WorkHandler handler);

	/**
	 * Makes a delayed work item.
	 * @param name the name, not blank
	 * @param home the queue that {@link DelayedWorkItem#schedule(Duration)} uses
	 * @param handler what it does
	 * @return the item, idle
	 */
	DelayedWorkItem initDelayedWork(String name, Workqueue home, WorkHandler handler);

	/**
	 * Makes work that has one item per key.
	 * @param <K> the type of the keys
	 * @param name the name, not blank
	 * @param home the queue that all keys use
	 * @param handler what it does
	 * @return the keyed work, empty
	 */
	<K> KeyedWork<K> initKeyedWork(String name, Workqueue home, KeyedWorkHandler<K> handler);

	/**
	 * Makes a queue ({@code alloc_workqueue}).
	 * @param spec name, flags and limits
	 * @return the queue
	 * @throws IllegalArgumentException if flags or limits contradict each other
	 * @throws IllegalStateException if the name is in use, the rescuer cannot be started,
	 * or the engine is closed
	 */
	Workqueue alloc(WorkqueueSpec spec);

	/**
	 * Makes a queue.
	 * @param name the name, not blank
	 * @param maxActive the limit, 1 to 2048, or 0 for the default
	 * @param flags the flags
	 * @return the queue
	 * @throws IllegalArgumentException if flags or limits contradict each other
	 * @throws IllegalStateException if the name is in use, the rescuer cannot be started,
	 * or the engine is closed
	 */
	Workqueue alloc(String name, int maxActive, WorkqueueFlag... flags);

	/**
	 * Makes a queue whose items run one at a time, in order
	 * ({@code alloc_ordered_workqueue}).
	 * @param name the name, not blank
	 * @param flags the flags
	 * @return the queue
	 * @throws IllegalArgumentException if flags contradict each other
	 * @throws IllegalStateException if the name is in use, the rescuer cannot be started,
	 * or the engine is closed
	 */
	Workqueue allocOrdered(String name, WorkqueueFlag... flags);

	/**
	 * Finds a queue by its name or alias.
	 * @param name the name
	 * @return the queue
	 * @throws NoSuchElementException if there is none; the message lists the known ones
	 */
	Workqueue get(String name);

	/**
	 * Finds a queue by its name or alias.
	 * @param name the name
	 * @return the queue, if there is one
	 */
	Optional<Workqueue> find(String name);

	/**
	 * Returns all queues, each once.
	 * @return a copy, in the order of their creation
	 */
	List<Workqueue> all();

	/**
	 * Returns the number of CPUs: of shards that have per-CPU pools.
	 * @return the number, at least 1
	 */
	int cpus();

	/**
	 * Queues an item on {@code system_wq}, whatever its home ({@code schedule_work}).
	 * @param work the item
	 * @return as {@link Workqueue#queue(WorkItem)}
	 */
	boolean schedule(WorkItem work);

	/**
	 * Queues an item on {@code system_wq} after a delay ({@code schedule_delayed_work}).
	 * @param work the item
	 * @param delay the delay, not negative
	 * @return as {@link Workqueue#queueDelayed(DelayedWorkItem, Duration)}
	 */
	boolean scheduleDelayed(DelayedWorkItem work, Duration delay);

	/**
	 * Runs a function once on every CPU, on {@code system_wq}, and waits for all
	 * ({@code schedule_on_each_cpu}). What it throws is logged.
	 * @param function the function
	 * @throws InterruptedException if interrupted while waiting
	 */
	void scheduleOnEachCpu(Runnable function) throws InterruptedException;

	/**
	 * Runs a function on a CPU, on {@code system_wq}, and waits for it
	 * ({@code work_on_cpu}).
	 * @param <T> the type of the result
	 * @param cpu the CPU
	 * @param function the function
	 * @return what it returned
	 * @throws Exception what it threw, itself
	 */
	<T> T workOnCpu(int cpu, Callable<T> function) throws Exception;

	/**
	 * Stops the start of work on all freezable queues ({@code freeze_workqueues_begin}).
	 */
	void freeze();

	/**
	 * Tells whether {@link #freeze()} was called and {@link #thaw()} not yet.
	 * @return true if frozen
	 */
	boolean isFrozen();

	/**
	 * Tells whether items of freezable queues still run after {@link #freeze()}
	 * ({@code freeze_workqueues_busy}).
	 * @return true if frozen and some still run
	 */
	boolean isFreezeBusy();

	/**
	 * Lets freezable queues start work again ({@code thaw_workqueues}). Does nothing if
	 * not frozen.
	 */
	void thaw();

	/**
	 * Returns the item that the calling thread executes ({@code current_work}).
	 * @return the item, empty on any thread but a worker of this engine
	 */
	Optional<WorkItem> current();

	/**
	 * Returns the token of the durable run on the calling thread: greater for every later
	 * run of the same work and key. An instance that was paused may go on with a run that
	 * another has taken over; where that hurts, store the token with the data and refuse
	 * smaller ones.
	 * @return the token, empty on any thread that executes no durable run
	 */
	default OptionalLong fencingToken() {
		return FencingToken.current();
	}

	/**
	 * Labels the execution on this thread until it ends ({@code set_worker_desc}): the
	 * thread's name shows it. Does nothing on any thread but a worker.
	 * @param description the label
	 */
	void describe(String description);

	/**
	 * Calls something that is about to wait, so that the pool starts another worker at
	 * once instead of noticing by itself. On any other thread it is a plain call.
	 * @param <T> the type of the result
	 * @param call what waits
	 * @return what it returned
	 * @throws Exception what it threw, itself
	 */
	<T> T blocking(Callable<T> call) throws Exception;

}
