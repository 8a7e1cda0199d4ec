package io.github.workqueue.durable;

import java.time.Duration;

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

	@Override
	public String plus(String time, String micros) {
		return "(" + time + " + cast(" + micros + " as bigint) * interval '1 microsecond')";
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
	public boolean hasUpsert() {
		return true;
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
