package io.github.workqueue.durable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * MariaDB, 10.6 or later. Times are kept in UTC, without a zone: its type that knows of
 * zones ends in 2038. It evaluates the changes of a row from left to right.
 */
final class MariaDbDialect implements Dialect {

	@Override
	public String name() {
		return "mariadb";
	}

	@Override
	public String now() {
		return "utc_timestamp(6)";
	}

	@Override
	public String statementTime() {
		return now();
	}

	@Override
	public @Nullable OffsetDateTime timeOrNull(ResultSet row, String column) throws SQLException {
		LocalDateTime time = row.getObject(column, LocalDateTime.class);
		return (time != null) ? time.atOffset(ZoneOffset.UTC) : null;
	}

	@Override
	public Object parameter(OffsetDateTime time) {
		return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
	}

	@Override
	public String number(String parameter) {
		return "cast(" + parameter + " as signed)";
	}

	@Override
	public String plus(String time, String micros) {
		return "date_add(" + time + ", interval " + micros + " microsecond)";
	}

	@Override
	public String nextVersion(String sequence) {
		return "nextval(" + sequence + ")";
	}

	@Override
	public String versions(String sequence) {
		return "with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < :count)"
				+ " select nextval(" + sequence + ") from numbers";
	}

	@Override
	public String alias() {
		return "";
	}

	@Override
	public String onConflict(Map<String, String> changes, String accepting) {
		return changes.entrySet()
			.stream()
			.map((change) -> change.getKey() + " = case when " + accepting + " then " + change.getValue() + " else "
					+ change.getKey() + " end")
			.collect(Collectors.joining(", ", " on duplicate key update ",
					" returning request, not " + accepting + " as refused"));
	}

	@Override
	public boolean hasReturning() {
		return false;
	}

	/** A deadlock of two insertions rolls back all that a caller has done. */
	@Override
	public boolean isSafeForCallers() {
		return false;
	}

	@Override
	public String briefly(String statement) {
		return "set statement innodb_lock_wait_timeout = 1 for " + statement;
	}

	/** Nothing to do: statements do it, see {@link #briefly}. */
	@Override
	public void limitLockWait(JdbcClient client, Duration limit) {
	}

}
