package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.github.workqueue.durable.Databases;
import io.github.workqueue.durable.DurableRequest;
import io.github.workqueue.durable.DurableRequest.Kind;
import io.github.workqueue.durable.DurableSettings;
import io.github.workqueue.durable.DurableSettings.Initialize;
import io.github.workqueue.durable.DurableWorks;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link DurableProcess} in several JVMs over one PostgreSQL, with what they write down;
 * for one test.
 */
final class DurableProcesses implements AfterEachCallback {

	static final int PLACES = 4;

	private static final int MISSED_HEARTBEATS = 8;

	private static final String WITHOUT_JPA = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration";

	private final Path directory = makeDirectory();

	private final String url = Databases.POSTGRESQL.url();

	private final HikariDataSource dataSource = Databases.pool(this.url);

	private final JdbcClient client = JdbcClient.create(this.dataSource);

	private final List<Process> processes = new ArrayList<>();

	/** Takes requests, and runs none: it is never started. */
	private final DurableWorks requests = DurableWorks.open(
			new DurableSettings("workqueue_tasks", Initialize.ALWAYS, Duration.ofSeconds(1), Duration.ofSeconds(1), 4),
			this.dataSource);

	/** Makes the database. */
	DurableProcesses() {
		execute("create table runs (job int, token bigint, pid bigint, started timestamptz, ended timestamptz)");
		execute("create table states (job int primary key, token bigint, pid bigint)");
		execute("create table orders (job int primary key)");
		execute("create table done (pid bigint)");
		execute("create table counters (key int primary key, n int default 0, copy int default 0, busy int default 0,"
				+ " doubled int default 0, runs int default 0)");
	}

	private static Path makeDirectory() {
		try {
			return Files.createTempDirectory("processes");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		for (Process process : this.processes) {
			process.destroyForcibly().waitFor();
		}
		this.requests.close();
		this.dataSource.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

	/** A file that is gone after the test. */
	Path file(String name) {
		return this.directory.resolve(name);
	}

	void execute(String sql) {
		this.client.sql(sql).update();
	}

	void request(int job) {
		request("job", job);
	}

	void request(String work, Object key) {
		this.requests
			.request(new DurableRequest(this.requests.id(work, key), "jobs", Kind.SCHEDULE, Duration.ZERO, null, null));
	}

	long count(String table) {
		return number("select count(*) from " + table);
	}

	long number(String sql) {
		return this.client.sql(sql).query(Long.class).single();
	}

	/** Waits until all is done that was requested and committed. */
	void awaitIdle() {
		until(() -> count("workqueue_tasks") + count("workqueue_tasks_intake") == 0);
	}

	/** For less than the time that a test has: this wait heeds no interrupt. */
	static void until(Callable<Boolean> condition) {
		until(Duration.ofSeconds(60), condition);
	}

	static void until(Duration limit, Callable<Boolean> condition) {
		ConditionFactory patience = Awaitility.await().atMost(limit);
		patience.pollInterval(Duration.ofMillis(20)).until(condition);
	}

	/**
	 * Starts an instance whose heartbeats are so far apart.
	 */
	Process start(Duration heartbeat, String... options) throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), DurableProcess.class.getName(),
				"--" + WITHOUT_JPA, "--spring.main.keep-alive=true", "--spring.datasource.url=" + this.url,
				"--spring.datasource.username=postgres", "--workqueue.queues.jobs.durable=true",
				"--workqueue.queues.jobs.type=unbound", "--workqueue.queues.jobs.max-active=" + PLACES,
				"--workqueue.durable.poll-interval=100ms", "--workqueue.durable.heartbeat-interval=" + heartbeat,
				"--workqueue.durable.missed-heartbeats=" + MISSED_HEARTBEATS));
		Arrays.stream(options).map((option) -> "--" + option).forEach(command::add);
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(this.processes.size() + ".log").toFile())
			.start();
		this.processes.add(process);
		return process;
	}

	/** What an instance has printed. */
	String log(Process process) throws IOException {
		String log = Files.readString(this.directory.resolve(this.processes.indexOf(process) + ".log"));
		if (!process.isAlive() && process.exitValue() == 1) {
			throw new IOException("the instance could not start: " + log);
		}
		return log;
	}

	static void signal(String name, Process process) throws Exception {
		Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
		assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(kill.exitValue()).isZero();
	}

}
