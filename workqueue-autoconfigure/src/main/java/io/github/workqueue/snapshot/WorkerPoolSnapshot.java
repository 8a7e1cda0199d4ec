package io.github.workqueue.snapshot;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A pool of workers at one moment. Workers that are neither idle nor busy are on their
 * way from one item to the next, or awake without a need.
 *
 * @param id its number
 * @param cpu its CPU; null for an unbound pool
 * @param nice -20 for high priority, else 0
 * @param unbound whether it serves unbound queues
 * @param workers its workers, a rescuer while it works here included
 * @param idle those of them that are idle
 * @param running counted and runnable workers, none that is shown as BLOCKED or
 * CPU_INTENSIVE and no rescuer; of an unbound pool the busy ones
 * @param pending items that wait for a worker
 * @param busy the workers that execute something, in the order in which they started it
 */
public record WorkerPoolSnapshot(int id, @Nullable Integer cpu, int nice, boolean unbound, int workers, int idle,
		int running, long pending, List<WorkerSnapshot> busy) {

	/** Copies the list. */
	public WorkerPoolSnapshot {
		busy = List.copyOf(busy);
	}

}
