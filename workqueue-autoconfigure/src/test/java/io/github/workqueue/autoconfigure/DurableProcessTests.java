package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.workqueue.durable.Databases;
import io.github.workqueue.durable.DurableRequest;
import io.github.workqueue.durable.DurableRequest.Kind;
import io.github.workqueue.durable.DurableSettings;
import io.github.workqueue.durable.DurableSettings.Initialize;
import io.github.workqueue.durable.DurableWorks;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances in JVMs of their own over one PostgreSQL, which are killed and stopped.
 */
class DurableProcessTests {

	private static final int PLACES = 4;

	/** Eight of them are longer than a busy machine keeps a living JVM waiting. */
	private static final Duration PATIENT = Duration.ofMillis(600);

	private static final Duration HASTY = Duration.ofMillis(200);

	private static final String WITHOUT_JPA = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration";

	@TempDir
	private Path logs;

	private final String url = Databases.POSTGRESQL.url();

	private final HikariDataSource dataSource = Databases.pool(this.url);

	private final JdbcClient client = JdbcClient.create(this.dataSource);

	private final List<Process> processes = new ArrayList<>();

	/** Takes requests, and runs none: it is never started. */
	private final DurableWorks requests = DurableWorks.open(
			new DurableSettings("workqueue_tasks", Initialize.ALWAYS, Duration.ofSeconds(1), Duration.ofSeconds(1), 4),
			this.dataSource);

	@BeforeEach
	void create() {
		execute("create table runs (job int, token bigint, pid bigint, started timestamptz, ended timestamptz)");
		execute("create table states (job int primary key, token bigint, pid bigint)");
	}

	private void execute(String sql) {
		this.client.sql(sql).update();
	}

	@AfterEach
	void close() throws InterruptedException {
		for (Process process : this.processes) {
			process.destroyForcibly().waitFor();
		}
		this.requests.close();
		this.dataSource.close();
	}

	@Test
	void whatKilledInstancesHadClaimedIsRunByOthers() throws Exception {
		int jobs = 120;
		IntStream.range(0, jobs).forEach(this::request);
		Process first = start(Duration.ofMillis(40), PATIENT);
		Process second = start(Duration.ofMillis(40), PATIENT);
		start(Duration.ofMillis(40), PATIENT);
		until(() -> count("runs") >= 20);
		first.destroyForcibly();
		until(() -> count("runs") >= 60);
		second.destroyForcibly();
		start(Duration.ofMillis(40), PATIENT);
		until(() -> count("workqueue_tasks") == 0);
		assertThat(number("select count(distinct job) from runs where ended is not null")).isEqualTo(jobs);
		assertThat(count("states")).isEqualTo(jobs);
		assertThat(count("runs") - jobs).as("runs that were cut off, or could not say that they had ended")
			.isBetween(0L, 2L * PLACES);
		assertThat(number("select count(*) from runs a join runs b on a.job = b.job and a.token < b.token where"
				+ " b.started < coalesce(a.ended, a.started)"))
			.as("runs of a job beside each other")
			.isZero();
	}

	@Test
	void anInstanceThatWasStoppedLosesItsRunAndCannotOverwriteItsSuccessor() throws Exception {
		Process stopped = start(Duration.ofSeconds(2), HASTY);
		request(1);
		until(() -> count("runs") == 1);
		signal("STOP", stopped);
		Process other = start(Duration.ZERO, HASTY);
		until(() -> count("states") == 1);
		signal("CONT", stopped);
		until(() -> number("select count(*) from runs where ended is not null") == 2);
		until(() -> count("workqueue_tasks") == 0);
		assertThat(number("select pid from states")).isEqualTo(other.pid());
		assertThat(number("select token from states")).isEqualTo(number("select max(token) from runs"));
		assertThat(count("runs")).isEqualTo(2);
		request(2);
		until(() -> count("states") == 2);
	}

	private void request(int job) {
		this.requests.request(
				new DurableRequest(this.requests.id("job", job), "jobs", Kind.SCHEDULE, Duration.ZERO, null, null));
	}

	private long count(String table) {
		return number("select count(*) from " + table);
	}

	private long number(String sql) {
		return this.client.sql(sql).query(Long.class).single();
	}

	private static void until(Callable<Boolean> condition) {
		ConditionFactory patience = Awaitility.await().atMost(Duration.ofSeconds(60));
		patience.pollInterval(Duration.ofMillis(20)).until(condition);
	}

	private Process start(Duration takes, Duration heartbeat) throws IOException {
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				DurableProcess.class.getName(), "--" + WITHOUT_JPA, "--spring.main.keep-alive=true",
				"--spring.datasource.url=" + this.url, "--spring.datasource.username=postgres", "--job.takes=" + takes,
				"--workqueue.queues.jobs.durable=true", "--workqueue.queues.jobs.type=unbound",
				"--workqueue.queues.jobs.max-active=" + PLACES, "--workqueue.durable.poll-interval=100ms",
				"--workqueue.durable.heartbeat-interval=" + heartbeat, "--workqueue.durable.missed-heartbeats=8");
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.logs.resolve(this.processes.size() + ".log").toFile())
			.start();
		this.processes.add(process);
		return process;
	}

	private static void signal(String name, Process process) throws Exception {
		Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
		assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(kill.exitValue()).isZero();
	}

}
