package io.github.workqueue.durable;

import java.sql.DatabaseMetaData;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * The databases that durable work can be kept in.
 */
final class Dialects {

	private static final Map<String, Dialect> KNOWN = new TreeMap<>(
			Map.of("PostgreSQL", new PostgresDialect(), "H2", new H2Dialect(), "MariaDB", new MariaDbDialect()));

	private Dialects() {
	}

	/**
	 * Asks the database what it is.
	 * @throws IllegalStateException if it is none that durable work can be kept in, or
	 * cannot be asked
	 */
	static Dialect of(DataSource dataSource) {
		String product;
		try {
			product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("the database of durable work cannot be reached: " + ex.getMessage(), ex);
		}
		Dialect dialect = KNOWN.get(product);
		if (dialect == null) {
			throw new IllegalStateException(
					"durable work cannot be kept in " + product + "; it can in " + String.join(", ", KNOWN.keySet()));
		}
		return dialect;
	}

}
