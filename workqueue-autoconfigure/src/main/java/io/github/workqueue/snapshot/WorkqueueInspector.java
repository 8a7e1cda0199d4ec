package io.github.workqueue.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * Reads an engine. Any thread.
 * <p>
 * Each call takes the lock of one pool after the other, for a moment, and what it tells
 * of one pool is of one moment: so is what a queue has there, its pending and running
 * works and its totals. Whether a worker is blocked is looked up once per worker and
 * answer; the stacks are taken after that. A queue that is served by several pools is
 * read pool by pool, armed timers and {@code coalesced} after them: an item whose timer
 * fires, or that is moved between two pools, meanwhile can be in the sums twice or not at
 * all. <pre>{@code
 * for (WorkSnapshot work : inspector.inspectWorks("media", 10)) {
 * 	System.out.println(work);
 * }
 * System.out.println(inspector.dump());
 * }</pre>
 */
public interface WorkqueueInspector {

	/**
	 * Describes all queues.
	 * @return the engine and its queues, in the order of their creation
	 */
	EngineSnapshot inspect();

	/**
	 * Describes a queue.
	 * @param queue a queue's name or alias
	 * @return its description, or nothing if there is none of that name
	 */
	Optional<WorkqueueSnapshot> inspectWorkqueue(String queue);

	/**
	 * Describes the works of a queue: running, pending and delayed.
	 * @param queue a queue's name or alias
	 * @param limit the most that are returned
	 * @return the works in the order of {@link #inspectDetails}; empty if there is no
	 * such queue
	 */
	List<WorkSnapshot> inspectWorks(String queue, int limit);

	/**
	 * Finds what waits of a work on a queue: for a worker, for the queue's limit, or for
	 * its time. The queue lets go of it as of any other item; what it returns may have
	 * started since.
	 * @param queue a queue's name or alias
	 * @param work the work's name
	 * @return the items, those first that are not delayed; empty if there is no such
	 * queue
	 */
	List<WaitingItem> findWaiting(String queue, String work);

	/**
	 * Describes a queue and its works: running, pending and delayed.
	 * <p>
	 * Running works of one pool stand in the order in which they started. Of two pending
	 * works of one pool the one that will start first stands first; one that waits for
	 * the end of its own execution stands before the others, by its request. Works of
	 * different pools are merged by their ages, which are as exact as
	 * {@link WorkSnapshot#age()} says, so the order across pools is too.
	 * @param queue a queue's name or alias
	 * @param limit the most works that are returned
	 * @return the queue and its oldest works, or nothing if there is none of that name
	 */
	Optional<WorkqueueDetails> inspectDetails(String queue, int limit);

	/**
	 * Describes all pools.
	 * @return the pools by their id
	 */
	List<WorkerPoolSnapshot> inspectPools();

	/**
	 * Describes all rescuers; those that came or went since the pools were read differ.
	 * @return the rescuers by the name of their queue
	 */
	List<RescuerSnapshot> inspectRescuers();

	/**
	 * Describes the timers that are due next, of all queues.
	 * @param limit the most that are returned
	 * @return the timers, next due first
	 */
	List<TimerSnapshot> inspectTimers(int limit);

	/**
	 * Names the pools that make no progress now: stalled longer than the watchdog's
	 * threshold, or without a worker because none could be created and no rescuer helps.
	 * @return what is wrong; empty if all is well
	 */
	List<StallSnapshot> inspectStalls();

	/**
	 * Describes all that is busy as text, in the shape of the kernel's
	 * {@code show_all_workqueues}: queues, pools, rescuers, and the stacks of busy
	 * workers. Works of one name are folded, so that the text stays a page however much
	 * waits; keys are left out. The engine takes no lock for longer than for the other
	 * descriptions.
	 * @return some lines, each with its end
	 */
	default String dump() {
		return new EngineDump(this).toString();
	}

}
