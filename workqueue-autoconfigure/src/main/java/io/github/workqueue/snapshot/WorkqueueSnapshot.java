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
 * @param durable whether its work is stored in a database
 * @param stored what the database says of a durable queue, where the figures above say
 * what this instance holds; null if the queue is not durable, or the database does not
 * answer
 */
public record WorkqueueSnapshot(String name, List<String> aliases, Set<WorkqueueFlag> flags, boolean ordered,
		WorkqueueState state, int maxActive, @Nullable Integer minActive, long pending, long inactive, long running,
		long delayed, WorkqueueStats stats, boolean durable, @Nullable DurableSnapshot stored) {

	/** Copies the collections. */
	public WorkqueueSnapshot {
		aliases = List.copyOf(aliases);
		flags = Set.copyOf(flags);
	}

	/**
	 * Makes a snapshot of a queue that is not durable.
	 * @param name its name
	 * @param aliases its further names
	 * @param flags the flags in force
	 * @param ordered whether it is ordered
	 * @param state what it does with requests
	 * @param maxActive the upper limit, 0 for none
	 * @param minActive the lower limit of an unordered unbound queue, or null
	 * @param pending items accepted and not yet running
	 * @param inactive those of them that wait for a slot
	 * @param running items that run
	 * @param delayed armed timers
	 * @param stats totals since the creation
	 */
	public WorkqueueSnapshot(String name, List<String> aliases, Set<WorkqueueFlag> flags, boolean ordered,
			WorkqueueState state, int maxActive, @Nullable Integer minActive, long pending, long inactive, long running,
			long delayed, WorkqueueStats stats) {
		this(name, aliases, flags, ordered, state, maxActive, minActive, pending, inactive, running, delayed, stats,
				false, null);
	}

	/**
	 * Returns the same for a durable queue.
	 * @param stored what the database says; null if it does not answer
	 * @return a snapshot
	 */
	public WorkqueueSnapshot durable(@Nullable DurableSnapshot stored) {
		return new WorkqueueSnapshot(this.name, this.aliases, this.flags, this.ordered, this.state, this.maxActive,
				this.minActive, this.pending, this.inactive, this.running, this.delayed, this.stats, true, stored);
	}

}
