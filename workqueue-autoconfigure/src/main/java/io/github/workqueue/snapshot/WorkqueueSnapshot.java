package io.github.workqueue.snapshot;

import java.util.List;
import java.util.Set;

import io.github.workqueue.WorkqueueFlag;
import org.jspecify.annotations.Nullable;

/**
 * A queue.
 *
 * @param name its name
 * @param aliases its further names
 * @param flags the flags in force
 * @param ordered whether it is ordered
 * @param state what it does with requests
 * @param maxActive the upper limit, 0 for none
 * @param minActive the lower limit of an unordered unbound queue, or null
 * @param pending items accepted and not yet running, waiting for a slot or a worker
 * @param inactive those of them that wait for a slot
 * @param running items that run
 * @param delayed armed timers
 * @param stats totals since the creation
 */
public record WorkqueueSnapshot(String name, List<String> aliases, Set<WorkqueueFlag> flags, boolean ordered,
		WorkqueueState state, int maxActive, @Nullable Integer minActive, long pending, long inactive, long running,
		long delayed, WorkqueueStats stats) {

	/** Copies the collections. */
	public WorkqueueSnapshot {
		aliases = List.copyOf(aliases);
		flags = Set.copyOf(flags);
	}

}
