package io.github.workqueue.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process with a load of delays, moves, cancels and blockers is stopped by the system,
 * or loses its CPU for a tenth of a second at any point: whatever was accepted runs when
 * it goes on, nothing is early, nobody is taken for a hog, and no pool stays reported.
 */
@EnabledOnOs(OS.LINUX)
class StoppedProcessTests {

	private static final Duration PULSE = Duration.ofMillis(100);

	@TempDir
	private Path folder;

	private Process process;

	private BufferedReader output;

	@AfterEach
	void end() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	@Test
	void aProcessThatWasStoppedGoesOn() throws Exception {
		start();
		stop(Duration.ofMillis(700));
		finish();
	}

	@Test
	void aCpuThatIsTakenAwayAtAnyPointIsBorne() throws Exception {
		start();
		pulses(8, 11);
		finish();
	}

	@Test
	@Tag("stress")
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	void aCpuThatIsTakenAwayAgainAndAgainIsBorne() throws Exception {
		for (int round = 0; round < 10; round++) {
			start();
			pulses(30, System.nanoTime());
			finish();
		}
	}

	@Test
	@Tag("stress")
	void aProcessThatWasStoppedForLongGoesOn() throws Exception {
		start();
		stop(Duration.ofSeconds(40));
		finish();
	}

	private void pulses(int count, long seed) throws Exception {
		SplittableRandom random = new SplittableRandom(seed);
		for (int i = 0; i < count; i++) {
			pass(Duration.ofNanos(random.nextLong(40_000_000)));
			stop(PULSE);
		}
	}

	private void start() throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		this.process = new ProcessBuilder(java, "-ea", "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), StoppableLoad.class.getName())
			.redirectError(errors().toFile())
			.start();
		this.output = this.process.inputReader();
		assertThat(line()).isEqualTo(StoppableLoad.READY);
	}

	/** What the process has logged. */
	private Path errors() {
		return this.folder.resolve("errors");
	}

	private void stop(Duration duration) throws Exception {
		signal("STOP");
		Engines.until("all threads are stopped", this::isStopped);
		pass(duration);
		signal("CONT");
	}

	private void signal(String name) throws Exception {
		Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start();
		assertThat(kill.waitFor(Engines.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(kill.exitValue()).isZero();
	}

	private boolean isStopped() throws IOException {
		try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(this.process.pid()), "task"))) {
			return threads.map((thread) -> thread.resolve("stat")).allMatch(StoppedProcessTests::isStopped);
		}
	}

	private static boolean isStopped(Path stat) {
		try {
			String line = Files.readString(stat);
			return line.startsWith(") T", line.lastIndexOf(')'));
		}
		catch (IOException ex) {
			// the thread has ended since the directory was read
			return false;
		}
	}

	/** The fault lasts. */
	private static void pass(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private void finish() throws Exception {
		this.process.outputWriter().append('\n').close();
		assertThat(line()).as("after:%n%s", Files.readString(errors())).isEqualTo(StoppableLoad.Result.GOOD.toString());
		assertThat(this.process.waitFor(Engines.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.process.exitValue()).isZero();
	}

	private String line() throws Exception {
		FutureTask<String> line = Engines.async(this.output::readLine);
		return line.get(60, TimeUnit.SECONDS);
	}

}
