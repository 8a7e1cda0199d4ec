package io.github.workqueue.durable;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * H2, 2.2 or later. Its own time stands still within a transaction, so callers give it
 * {@code now}, see {@link DatabaseClock}.
 */
final class H2Dialect implements Dialect {

	@Override
	public String name() {
		return "h2";
	}

	@Override
	public String now() {
		return "cast(:now as timestamp with time zone)";
	}

	@Override
	public String plus(String time, String micros) {
		return "dateadd(microsecond, " + number(micros) + ", " + time + ")";
	}

	@Override
	public String nextVersion(String sequence) {
		return "next value for " + sequence;
	}

	@Override
	public String versions(String sequence) {
		return "select next value for " + sequence + " from system_range(1, :count)";
	}

	@Override
	public @Nullable String onConflict(Map<String, String> changes, String accepting) {
		return null;
	}

	@Override
	public boolean hasReturning() {
		return false;
	}

	/** Nothing to do: H2 waits for a lock no longer than two seconds. */
	@Override
	public void limitLockWait(JdbcClient client, Duration limit) {
	}

}
