package io.github.workqueue.durable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of the store: always its own, in READ COMMITTED, whatever the caller has
 * open. Thread-safe.
 */
final class StoreTransactions {

	private final DataSource dataSource;

	private final TransactionTemplate template;

	private final boolean autoCommit;

	private final int isolation;

	StoreTransactions(DataSource dataSource) {
		this.dataSource = dataSource;
		Connection connection = DataSourceUtils.getConnection(dataSource);
		try {
			this.autoCommit = connection.getAutoCommit();
			this.isolation = connection.getTransactionIsolation();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("the DataSource does not tell how it works", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, dataSource);
		}
		this.template = new TransactionTemplate(new JdbcTransactionManager(dataSource), definition(this.isolation));
	}

	/**
	 * Names the isolation only where it is not the default: to set it costs a question to
	 * the database.
	 */
	private static TransactionDefinition definition(int isolation) {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition(
				TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
			definition.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		}
		return definition;
	}

	/** Runs statements in a transaction of their own. */
	<T extends @Nullable Object> T own(Supplier<T> statements) {
		return this.template.execute((status) -> statements.get());
	}

	/** Runs one statement, which needs no transaction if it commits by itself. */
	<T extends @Nullable Object> T single(Supplier<T> statement) {
		return (this.autoCommit && !isJoinable()) ? statement.get() : own(statement);
	}

	/** Whether the calling thread has a transaction on the DataSource. */
	boolean isJoinable() {
		return TransactionSynchronizationManager.hasResource(this.dataSource);
	}

	/**
	 * Whether an update of the calling thread's transaction may fail because another
	 * transaction came first.
	 */
	boolean isStrict() {
		Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
		return ((isolation != null) ? isolation : this.isolation) > Connection.TRANSACTION_READ_COMMITTED;
	}

}
