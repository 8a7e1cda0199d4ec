package io.github.workqueue.actuate.endpoint;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.jspecify.annotations.Nullable;

/**
 * A request to change the limits of a queue: all of it or nothing.
 *
 * @param maxActive the new upper limit, or null to leave it
 * @param minActive the new lower limit, or null to leave it
 */
record LimitsChange(@Nullable Integer maxActive, @Nullable Integer minActive) {

	/**
	 * Changes a queue.
	 * @param queue the queue
	 * @throws ReadOnlyWorkqueueException if the queue has no SYSFS flag
	 * @throws IllegalArgumentException if nothing is asked for, or a value is out of
	 * range
	 * @throws IllegalStateException if this kind of queue has no such limit
	 */
	void apply(Workqueue queue) {
		if (!queue.flags().contains(WorkqueueFlag.SYSFS)) {
			throw new ReadOnlyWorkqueueException(queue.name());
		}
		Integer max = this.maxActive;
		Integer min = this.minActive;
		if (max != null && min != null) {
			checkPair(queue, max, min);
			queue.setMaxActive(max);
			queue.setMinActive(min);
		}
		else if (max != null) {
			queue.setMaxActive(max);
		}
		else if (min != null) {
			queue.setMinActive(min);
		}
		else {
			throw new IllegalArgumentException(
					"nothing to change on workqueue '" + queue.name() + "': give maxActive, minActive or both");
		}
	}

	/** After this check only the upper limit can still be refused, and it goes first. */
	private static void checkPair(Workqueue queue, int max, int min) {
		if (queue.isOrdered() || !queue.flags().contains(WorkqueueFlag.UNBOUND)) {
			throw new IllegalStateException(
					"workqueue '" + queue.name() + "' has no minActive: only unordered unbound queues have one");
		}
		if (min < 1 || min > max) {
			throw new IllegalArgumentException("workqueue '" + queue.name() + "': minActive is " + min
					+ " but must be from 1 to maxActive, which is " + max);
		}
	}

}
