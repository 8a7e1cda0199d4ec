package io.github.workqueue.snapshot;

import java.util.List;

/**
 * A queue and its works, read together: as long as all works are listed, there are as
 * many of a state as the queue's figure says.
 *
 * @param workqueue the queue
 * @param works its works: those that run in the order in which they started, those that
 * are pending, those with armed timers, next due first; then those that are parked
 */
public record WorkqueueDetails(WorkqueueSnapshot workqueue, List<WorkSnapshot> works) {

	/** Copies the list. */
	public WorkqueueDetails {
		works = List.copyOf(works);
	}

}
