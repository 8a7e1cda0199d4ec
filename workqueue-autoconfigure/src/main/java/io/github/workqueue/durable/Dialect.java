package io.github.workqueue.durable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What one kind of database says in its own way.
 */
interface Dialect {

	/** The name of its scripts. */
	String name();

	/**
	 * The present time as an expression, also late in a transaction. May use the
	 * parameter {@code now}.
	 */
	String now();

	/** The time of the statement as an expression, for which an index can be searched. */
	default String statementTime() {
		return "current_timestamp";
	}

	/**
	 * Lets a search of the index begin with a time. Beside its end, so it must not look
	 * like a narrow range to a planner that has no statistics.
	 */
	default String notBefore(String time) {
		return "execution_time >= " + time;
	}

	/** A time as a parameter. */
	default Object parameter(OffsetDateTime time) {
		return time;
	}

	/** Reads a time that every row has. */
	default OffsetDateTime time(ResultSet row, String column) throws SQLException {
		return Objects.requireNonNull(timeOrNull(row, column), column);
	}

	/** Reads a time of a row. */
	default @Nullable OffsetDateTime timeOrNull(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class);
	}

	/** A parameter as a whole number of 64 bits. */
	default String number(String parameter) {
		return "cast(" + parameter + " as bigint)";
	}

	/** A time that is later by a number of microseconds, as an expression. */
	String plus(String time, String micros);

	/** The next version as an expression. */
	String nextVersion(String sequence);

	/** A query for {@code count} versions. */
	String versions(String sequence);

	/**
	 * A name for the row that a statement changes; empty if an insertion can give none.
	 */
	default String alias() {
		return "t";
	}

	/**
	 * The end of an insertion that changes the row which it meets, and returns the
	 * columns {@code request} and {@code refused} of what there is then.
	 * @param changes expressions by column, in an order in which a later one reads
	 * nothing that an earlier one has changed
	 * @param accepting a condition without which nothing is changed
	 * @return null if there is no such insertion
	 */
	@Nullable String onConflict(Map<String, String> changes, String accepting);

	/** Whether an update can return what it has made, and look for rows by itself. */
	boolean hasReturning();

	/**
	 * Whether a request may change its row within the transaction of a caller in READ
	 * COMMITTED: without danger that one of the callers is aborted.
	 */
	default boolean isSafeForCallers() {
		return true;
	}

	/** Lets a statement wait for locks no longer than a second, where that is said so. */
	default String briefly(String statement) {
		return statement;
	}

	/**
	 * Limits how long the statements of this transaction wait for locks, where callers
	 * can hold them.
	 */
	void limitLockWait(JdbcClient client, Duration limit);

}
