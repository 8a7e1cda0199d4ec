package io.github.workqueue.durable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A stored request that has not been claimed.
 *
 * @param id whose run is wanted
 * @param overdue how long it has been due; negative if it is due later
 * @param parked whether this instance cannot run it
 */
public record DurableWaiting(WorkId id, Duration overdue, boolean parked) {

	static DurableWaiting of(ResultSet row, Dialect dialect) throws SQLException {
		Duration overdue = Duration.between(dialect.time(row, "due"), dialect.time(row, "present"));
		return new DurableWaiting(WorkId.of(row.getString("work"), row.getString("task_instance")), overdue, false);
	}

	DurableWaiting parked(boolean parked) {
		return new DurableWaiting(this.id, this.overdue, parked);
	}

}
