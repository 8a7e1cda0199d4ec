package io.github.workqueue.durable;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many rows of a work a queue has accepted, in the whole cluster.
 *
 * @param queue the name of the queue
 * @param work the name of the work
 * @param pending how many are due
 * @param delayed how many are due later
 * @param running how many are claimed or run
 * @param parked how many this instance cannot run; they are in no other number
 */
public record DurableCount(String queue, String work, long pending, long delayed, long running, long parked) {

	static DurableCount of(ResultSet row, int number) throws SQLException {
		return new DurableCount(row.getString("queue"), row.getString("work"), row.getLong("pending"),
				row.getLong("later"), row.getLong("running"), 0);
	}

	/** Counts all that waits as parked: there is no handler for it. */
	DurableCount unknown() {
		return new DurableCount(this.queue, this.work, 0, 0, this.running, this.pending + this.delayed);
	}

	/** Counts some of what is due as parked: it cannot be read. */
	DurableCount unreadable(long rows) {
		long parked = Math.min(rows, this.pending);
		return new DurableCount(this.queue, this.work, this.pending - parked, this.delayed, this.running, parked);
	}

}
