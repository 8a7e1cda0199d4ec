package io.github.workqueue.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * A MariaDB that ends with the JVM, of the programs {@code mariadb-install-db} and
 * {@code mariadbd} that are installed on this machine.
 */
final class MariaDbServer {

	private final Path directory;

	private final int port;

	private final Process process;

	private MariaDbServer(Path directory, int port, Process process) {
		this.directory = directory;
		this.port = port;
		this.process = process;
	}

	static MariaDbServer start() {
		try {
			Path directory = Files.createTempDirectory("workqueue-mariadb");
			install(directory);
			int port = freePort();
			MariaDbServer server = new MariaDbServer(directory, port, serve(directory, port));
			Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(server::isReady);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"MariaDB cannot be started; Debian has it in mariadb-server-core and mariadb-client-core", ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void install(Path directory) throws IOException {
		Process install = run(directory, "mariadb-install-db", "--auth-root-authentication-method=normal",
				"--skip-test-db", "--skip-name-resolve");
		try {
			if (install.waitFor() != 0) {
				throw new IOException(Files.readString(log(directory)));
			}
		}
		catch (InterruptedException ex) {
			install.destroyForcibly();
			throw new IllegalStateException(ex);
		}
	}

	private static Process serve(Path directory, int port) throws IOException {
		return run(directory, "/usr/sbin/mariadbd", "--port=" + port, "--bind-address=127.0.0.1",
				"--socket=" + directory.resolve("socket"), "--pid-file=" + directory.resolve("pid"),
				"--skip-name-resolve", "--max-connections=300", "--innodb-flush-log-at-trx-commit=2");
	}

	/** The options that a machine has for its own server are not ours. */
	private static Process run(Path directory, String program, String... options) throws IOException {
		List<String> command = new ArrayList<>(List.of(program, "--no-defaults",
				"--user=" + System.getProperty("user.name"), "--datadir=" + directory.resolve("data")));
		command.addAll(List.of(options));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()))
			.start();
	}

	private static Path log(Path directory) {
		return directory.resolve("log");
	}

	private boolean isReady() throws IOException {
		if (!this.process.isAlive()) {
			throw new IOException(Files.readString(log(this.directory)));
		}
		try (Connection connection = connect()) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(url("mysql"), "root", "");
	}

	/** Makes an empty database. */
	String create() {
		String name = "t" + UUID.randomUUID().toString().replace("-", "");
		try (Connection connection = connect()) {
			connection.createStatement().execute("create database " + name + " character set latin1");
			return url(name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String url(String database) {
		return "jdbc:mariadb://127.0.0.1:" + this.port + "/" + database;
	}

	private void stop() {
		this.process.destroy();
		try {
			this.process.waitFor();
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (InterruptedException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
