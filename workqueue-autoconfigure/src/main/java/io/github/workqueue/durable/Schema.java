package io.github.workqueue.durable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DatabaseMetaData;

import javax.sql.DataSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * The tables of durable work. The scripts only add what is missing.
 */
final class Schema {

	private static final int ATTEMPTS = 5;

	private final DataSource dataSource;

	private final Dialect dialect;

	private final String table;

	/**
	 * Makes the schema.
	 * @throws IllegalArgumentException if the name of the table is none
	 */
	Schema(DataSource dataSource, Dialect dialect, String table) {
		if (!table.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?")) {
			throw new IllegalArgumentException("'" + table + "' is no name of a table");
		}
		this.dataSource = dataSource;
		this.dialect = dialect;
		this.table = table;
	}

	/**
	 * Creates what is missing. Instances that start together disturb each other in
	 * databases that look before they create: then it is tried again.
	 */
	void create() {
		for (int attempt = 1;; attempt++) {
			try {
				DatabasePopulatorUtils.execute(new ResourceDatabasePopulator(script()), this.dataSource);
				return;
			}
			catch (ScriptException ex) {
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	/** Tells whether all tables can be read. */
	boolean exists() {
		try {
			JdbcClient client = JdbcClient.create(this.dataSource);
			for (String suffix : new String[] { "", "_lease", "_intake" }) {
				client.sql("select count(*) from " + this.table + suffix + " where 1 = 0").query(Long.class).single();
			}
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	/** Tells whether the database lives and dies with this process. */
	boolean isEmbedded() {
		try {
			String url = JdbcUtils.extractDatabaseMetaData(this.dataSource, DatabaseMetaData::getURL);
			return url != null && url.startsWith("jdbc:h2:mem:");
		}
		catch (MetaDataAccessException ex) {
			return false;
		}
	}

	/** An index is in the schema of its table, and must not name it. */
	private String filled(String text) {
		return text.replace("@@table@@", this.table)
			.replace("@@name@@", this.table.substring(this.table.indexOf('.') + 1));
	}

	private Resource script() {
		String name = "schema-" + this.dialect.name() + ".sql";
		try (InputStream script = Schema.class.getResourceAsStream(name)) {
			if (script == null) {
				throw new IllegalStateException(name + " is missing");
			}
			String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
			return new ByteArrayResource(filled(text).getBytes(StandardCharsets.UTF_8), name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
