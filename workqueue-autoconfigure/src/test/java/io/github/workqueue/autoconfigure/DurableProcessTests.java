package io.github.workqueue.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.workqueue.autoconfigure.DurableProcesses.PLACES;
import static io.github.workqueue.autoconfigure.DurableProcesses.signal;
import static io.github.workqueue.autoconfigure.DurableProcesses.until;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances in JVMs of their own over one PostgreSQL, which are killed and stopped.
 */
@Timeout(300)
class DurableProcessTests {

	/** Eight of them are longer than a busy machine keeps a living JVM waiting. */
	private static final Duration PATIENT = Duration.ofMillis(600);

	private static final Duration HASTY = Duration.ofMillis(200);

	@RegisterExtension
	private final DurableProcesses processes = new DurableProcesses();

	@Test
	void whatKilledInstancesHadClaimedIsRunByOthers() throws Exception {
		int jobs = 120;
		IntStream.range(0, jobs).forEach(this.processes::request);
		Process first = this.processes.start(PATIENT, "job.takes=40ms");
		Process second = this.processes.start(PATIENT, "job.takes=40ms");
		this.processes.start(PATIENT, "job.takes=40ms");
		until(() -> this.processes.count("runs") >= 20);
		first.destroyForcibly();
		until(() -> this.processes.count("runs") >= 60);
		second.destroyForcibly();
		this.processes.start(PATIENT, "job.takes=40ms");
		this.processes.awaitIdle();
		assertThat(this.processes.number("select count(distinct job) from runs where ended is not null"))
			.isEqualTo(jobs);
		assertThat(this.processes.count("states")).isEqualTo(jobs);
		assertThat(this.processes.count("runs") - jobs)
			.as("runs that were cut off, or could not say that they had ended")
			.isBetween(0L, 2L * PLACES);
		assertThat(this.processes
			.number("select count(*) from runs a join runs b on a.job = b.job and a.token < b.token where"
					+ " b.started < coalesce(a.ended, a.started)"))
			.as("runs of a job beside each other")
			.isZero();
	}

	@Test
	void anInstanceThatWasStoppedLosesItsRunAndCannotOverwriteItsSuccessor() throws Exception {
		Process stopped = this.processes.start(HASTY, "job.takes=2s");
		this.processes.request(1);
		until(() -> this.processes.count("runs") == 1);
		signal("STOP", stopped);
		Process other = this.processes.start(HASTY);
		until(() -> this.processes.count("states") == 1);
		signal("CONT", stopped);
		until(() -> this.processes.number("select count(*) from runs where ended is not null") == 2);
		this.processes.awaitIdle();
		assertThat(this.processes.number("select pid from states")).isEqualTo(other.pid());
		assertThat(this.processes.number("select token from states"))
			.isEqualTo(this.processes.number("select max(token) from runs"));
		assertThat(this.processes.count("runs")).isEqualTo(2);
		this.processes.request(2);
		until(() -> this.processes.count("states") == 2);
	}

	/** The caller's row is locked meanwhile; a lease is over, and all others go on. */
	@Test
	void anInstanceThatWasStoppedBetweenItsRequestAndTheCommitHoldsUpOnlyThatKey() throws Exception {
		Path goOn = this.processes.file("go on");
		this.processes.request(1);
		Process stopped = this.processes.start(HASTY, "call.job=1", "hold.statement=insert into workqueue_tasks as",
				"hold.after=true", "hold.file=" + goOn);
		until(() -> this.processes.log(stopped).contains(PausingDataSource.HELD));
		signal("STOP", stopped);
		this.processes.start(HASTY);
		IntStream.range(2, 20).forEach(this.processes::request);
		until(() -> this.processes.number("select count(*) from states where job > 1") == 18);
		assertThat(this.processes.count("orders")).isZero();
		Files.createFile(goOn);
		signal("CONT", stopped);
		until(() -> this.processes.count("orders") == 1);
		this.processes.awaitIdle();
		assertThat(this.processes.count("states")).isEqualTo(19);
		assertThat(this.processes.number("select count(*) from runs where job > 1")).isEqualTo(18);
	}

	@Test
	void versionsOfAnApplicationRunSideBySideAndEachDoesWhatItKnows() throws Exception {
		this.processes.request("later", "first");
		this.processes.request("job", "no number");
		Process old = this.processes.start(PATIENT);
		IntStream.range(0, 10).forEach(this.processes::request);
		until(() -> this.processes.count("states") == 10);
		until(() -> this.processes.log(old).contains("'later'") && this.processes.log(old).contains("no number"));
		Process later = this.processes.start(PATIENT, "later.version=true");
		until(() -> this.processes.number("select count(*) from done where pid = " + later.pid()) == 1);
		this.processes.request("later", "second");
		IntStream.range(10, 20).forEach(this.processes::request);
		until(() -> this.processes.count("states") == 20 && this.processes.count("done") == 2);
		// what neither can read
		until(() -> this.processes.count("workqueue_tasks") == 1);
		old.destroy();
		assertThat(old.waitFor()).isEqualTo(143);
		this.processes.request(20);
		until(() -> this.processes.count("states") == 21);
	}

	@Test
	void hotKeysLoseNothing() throws Exception {
		hotKeys(800);
	}

	@Tag("stress")
	@Test
	@Timeout(600)
	void hotKeysLoseNothingForLong() throws Exception {
		hotKeys(12_000);
	}

	/** Final states that were not copied, runs beside each other and aborted callers. */
	private void hotKeys(int calls) throws Exception {
		int keys = 20;
		this.processes.execute("insert into counters (key) select n from generate_series(0, " + (keys - 1) + ") n");
		for (int process = 0; process < 3; process++) {
			this.processes.start(PATIENT, "hot.calls=" + calls, "hot.keys=" + keys);
		}
		until(Duration.ofMillis(50_000 + 30L * calls), () -> this.processes.count("done") == 3);
		this.processes.awaitIdle();
		assertThat(this.processes.number("select count(*) from counters where n <> copy")).isZero();
		assertThat(this.processes.number("select sum(doubled) from counters")).isZero();
		assertThat(this.processes.number("select sum(n) from counters")).isBetween(3L * calls, 9L * calls);
		assertThat(this.processes.number("select sum(runs) from counters")).isBetween(20L, 9L * calls);
	}

}
