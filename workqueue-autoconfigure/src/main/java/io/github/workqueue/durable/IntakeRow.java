package io.github.workqueue.durable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * A request that was noted only.
 *
 * @param id its number, in the order in which they were noted
 * @param request the request, with what is left of its delay
 */
record IntakeRow(long id, DurableRequest request) {

	/** As rows are to be locked; those of one row in the order in which they came. */
	static final Comparator<IntakeRow> BY_ROW = Comparator.comparing((IntakeRow row) -> row.request().id())
		.thenComparingLong(IntakeRow::id);

	static IntakeRow of(ResultSet row, Dialect dialect) throws SQLException {
		long maxWait = row.getLong("max_wait");
		Duration limit = row.wasNull() ? null : Duration.of(maxWait, ChronoUnit.MICROS);
		Duration left = Duration.between(dialect.time(row, "present"), dialect.time(row, "due"));
		return new IntakeRow(row.getLong("id"),
				new DurableRequest(WorkId.of(row.getString("work"), row.getString("task_instance")),
						row.getString("queue"), DurableRequest.Kind.valueOf(row.getString("kind")),
						left.isNegative() ? Duration.ZERO : left, limit, row.getString("argument")));
	}

}
