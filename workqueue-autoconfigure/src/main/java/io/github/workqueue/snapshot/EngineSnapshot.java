package io.github.workqueue.snapshot;

import java.util.List;

/**
 * An engine and its queues.
 *
 * @param cpus the number of CPUs
 * @param frozen whether it is frozen and not thawed yet
 * @param workqueues the queues in the order of their creation
 */
public record EngineSnapshot(int cpus, boolean frozen, List<WorkqueueSnapshot> workqueues) {

	/** Copies the list. */
	public EngineSnapshot {
		workqueues = List.copyOf(workqueues);
	}

}
