package io.github.workqueue.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Databases for tests: a fresh H2 each time, and one server of each other kind for all,
 * which ends with the JVM.
 */
public enum Databases {

	/** H2 in memory. */
	H2 {

		@Override
		public String url() {
			return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		}

	},

	/** PostgreSQL, a database of its own each time. */
	POSTGRESQL {

		@Override
		public String url() {
			String name = "t" + UUID.randomUUID().toString().replace("-", "");
			JdbcStatements.run(Server.INSTANCE.getPostgresDatabase(), "create database " + name);
			return Server.INSTANCE.getJdbcUrl("postgres", name);
		}

	},

	/** MariaDB, with {@code -Pmariadb} only; a database of its own each time. */
	MARIADB {

		@Override
		public String url() {
			return MariaDb.INSTANCE.create();
		}

	};

	/**
	 * Those that tests which are the same for all run on.
	 */
	public static Stream<Databases> all() {
		return Arrays.stream(values()).filter((database) -> database != MARIADB || Boolean.getBoolean("test.mariadb"));
	}

	/** Makes an empty database. */
	public abstract String url();

	/** Makes a pool of connections to a database. */
	public static HikariDataSource pool(String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setUsername(user(url));
		pool.setPassword("");
		pool.setMaximumPoolSize(20);
		pool.setMinimumIdle(0);
		return pool;
	}

	private static String user(String url) {
		if (url.startsWith("jdbc:mariadb:")) {
			return "root";
		}
		return url.startsWith("jdbc:h2:") ? "sa" : "postgres";
	}

	/** The server, started by its first use. */
	private static final class MariaDb {

		static final MariaDbServer INSTANCE = MariaDbServer.start();

	}

	/** The server, started by its first use. */
	private static final class Server {

		static final EmbeddedPostgres INSTANCE = start();

		private static EmbeddedPostgres start() {
			try {
				EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
				Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
				return server;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static void close(EmbeddedPostgres server) {
			try {
				server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/** Statements outside of any pool. */
	private static final class JdbcStatements {

		static void run(DataSource dataSource, String sql) {
			JdbcClient.create(dataSource).sql(sql).update();
		}

	}

}
