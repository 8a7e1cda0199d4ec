package io.github.workqueue.autoconfigure;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Holds the thread that executes a certain statement, before it, or after it if it has
 * had an effect, until it may go on. Who waits says so on standard output.
 */
final class PausingDataSource extends DelegatingDataSource {

	/** What a held thread prints. */
	static final String HELD = "held at ";

	private final Moment moment;

	/**
	 * Makes the data source.
	 * @param moment when to hold
	 */
	PausingDataSource(DataSource target, Moment moment) {
		super(target);
		this.moment = moment;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return proxy(Connection.class, super.getConnection(), (connection, method, arguments) -> {
			Object result = method.invoke(connection, arguments);
			return (result instanceof PreparedStatement statement && arguments[0] instanceof String sql
					&& sql.startsWith(this.moment.statement())) ? pausing(statement) : result;
		});
	}

	private PreparedStatement pausing(PreparedStatement statement) {
		return proxy(PreparedStatement.class, statement, (target, method, arguments) -> {
			boolean execution = method.getName().startsWith("execute");
			hold(execution && !this.moment.after());
			Object result = method.invoke(target, arguments);
			hold(execution && this.moment.after() && hasEffect(result));
			return result;
		});
	}

	/** A query that found nothing is not waited for. */
	private static boolean hasEffect(Object result) throws SQLException {
		return !(result instanceof ResultSet rows) || rows.isBeforeFirst();
	}

	private void hold(boolean now) {
		while (now && !Files.exists(this.moment.goOn())) {
			System.out.println(HELD + this.moment);
			LockSupport.parkNanos(50_000_000);
		}
	}

	private static <T> T proxy(Class<T> type, T target, Call<T> call) {
		InvocationHandler handler = (proxy, method, arguments) -> {
			try {
				return call.run(target, method, (arguments != null) ? arguments : new Object[0]);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	/** Calls a method of the target. */
	@FunctionalInterface
	private interface Call<T> {

		Object run(T target, Method method, Object[] arguments) throws ReflectiveOperationException, SQLException;

	}

	/**
	 * A moment of an instance's life.
	 *
	 * @param statement how the statement begins
	 * @param after whether after it, else before
	 * @param goOn a file that lets the thread go on as soon as it exists
	 */
	record Moment(String statement, boolean after, Path goOn) {
	}

}
