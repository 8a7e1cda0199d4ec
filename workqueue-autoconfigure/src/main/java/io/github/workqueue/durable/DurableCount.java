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
 */
public record DurableCount(String queue, String work, long pending, long delayed, long running) {

	static DurableCount of(ResultSet row, int number) throws SQLException {
		return new DurableCount(row.getString("queue"), row.getString("work"), row.getLong("pending"),
				row.getLong("delayed"), row.getLong("running"));
	}

}
