package io.github.workqueue.durable;

import java.time.Duration;

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

	/** A time that is later by a number of microseconds, as an expression. */
	String plus(String time, String micros);

	/** The next version as an expression. */
	String nextVersion(String sequence);

	/** A query for {@code count} versions. */
	String versions(String sequence);

	/** Whether an insertion that meets a row can update it within one statement. */
	boolean hasUpsert();

	/** Whether an update can return what it has made, and look for rows by itself. */
	boolean hasReturning();

	/** Limits how long the statements of this transaction wait for locks. */
	void limitLockWait(JdbcClient client, Duration limit);

}
