package io.github.workqueue.durable;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * PostgreSQL, 12 or later.
 */
final class PostgresDialect implements Dialect {

	@Override
	public String name() {
		return "postgresql";
	}

	@Override
	public String now() {
		return "clock_timestamp()";
	}

	/**
	 * A comparison of two columns is not taken for one end of a range, and a planner does
	 * not see the value of a query. Statistics that are older than the value would let it
	 * expect no rows, and sort all that there are.
	 */
	@Override
	public String notBefore(String time) {
		return "(execution_time, task_instance) >= ((select cast(" + time + " as timestamp with time zone)), '')";
	}

	@Override
	public String plus(String time, String micros) {
		return "(" + time + " + " + number(micros) + " * interval '1 microsecond')";
	}

	@Override
	public String nextVersion(String sequence) {
		return "nextval('" + sequence + "')";
	}

	@Override
	public String versions(String sequence) {
		return "select nextval('" + sequence + "') from generate_series(1, :count)";
	}

	@Override
	public String onConflict(Map<String, String> changes, String accepting) {
		return changes.entrySet()
			.stream()
			.map((change) -> change.getKey() + " = " + change.getValue())
			.collect(Collectors.joining(", ", " on conflict (task_name, task_instance) do update set ",
					" where " + accepting + " returning request, false as refused"));
	}

	@Override
	public boolean hasReturning() {
		return true;
	}

	@Override
	public void limitLockWait(JdbcClient client, Duration limit) {
		client.sql("select set_config('lock_timeout', :limit, true)")
			.param("limit", limit.toMillis() + "ms")
			.query(String.class)
			.single();
	}

}
