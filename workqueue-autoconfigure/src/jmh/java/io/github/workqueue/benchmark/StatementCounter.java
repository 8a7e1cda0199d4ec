package io.github.workqueue.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts the statements that a database is asked to execute; those of a batch one by one,
 * without the beginnings and ends of transactions.
 */
final class StatementCounter extends DelegatingDataSource {

	private final AtomicLong statements = new AtomicLong();

	StatementCounter(DataSource target) {
		super(target);
	}

	long count() {
		return this.statements.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return proxy(Connection.class, super.getConnection(), this::counting);
	}

	private Object counting(Object result) {
		return (result instanceof PreparedStatement statement) ? proxy(PreparedStatement.class, statement, (any) -> any)
				: result;
	}

	private <T> T proxy(Class<T> type, T target, Seen seen) {
		return type.cast(
				Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
					if (isExecution(method)) {
						this.statements.incrementAndGet();
					}
					try {
						return seen.of(method.invoke(target, arguments));
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				}));
	}

	private static boolean isExecution(Method method) {
		String name = method.getName();
		return name.equals("addBatch") || name.startsWith("execute") && !name.contains("Batch");
	}

	/** What becomes of a result. */
	@FunctionalInterface
	private interface Seen {

		Object of(Object result);

	}

}
