package io.github.workqueue.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * Reads an engine. Each call takes the engine's short locks one after the other, so the
 * numbers of one pool belong together and those of different pools almost do. Any thread.
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
	 * @return the works, oldest first; empty if there is no such queue
	 */
	List<WorkSnapshot> inspectWorks(String queue, int limit);

	/**
	 * Describes all pools.
	 * @return the pools by their id
	 */
	List<WorkerPoolSnapshot> inspectPools();

	/**
	 * Describes all rescuers.
	 * @return the rescuers by the name of their queue
	 */
	List<RescuerSnapshot> inspectRescuers();

	/**
	 * Names the pools that make no progress now: stalled longer than the watchdog's
	 * threshold, or without a worker because none could be created and no rescuer helps.
	 * @return what is wrong; empty if all is well
	 */
	List<StallSnapshot> inspectStalls();

}
