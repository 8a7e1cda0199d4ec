package io.github.workqueue.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the engine does while there is nothing to do.
 */
class IdleEngineTests {

	@RegisterExtension
	final Engines engines = new Engines();

	/** The system counts each time that a thread is woken. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void noThreadWakesUp() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		keepSomebodyWaiting(engine);
		assertThat(wakeUps()).containsKey("kworkqueue/moni");
		AtomicReference<Map<String, Long>> before = new AtomicReference<>(Map.of());
		Awaitility.await("ten seconds without a wake-up")
			.during(Duration.ofSeconds(10))
			.atMost(Engines.PATIENCE)
			.until(() -> wakeUps().equals(before.get()) || before.getAndSet(wakeUps()) == null);
	}

	@Test
	void nobodyLooksAtAWorkerThatKeepsNobodyWaiting() throws Exception {
		CountingProbe probe = new CountingProbe();
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), probe);
		keepSomebodyWaiting(engine);
		Gate burner = this.engines.gate();
		Engines.queue(engine, "burner", burner.burning());
		burner.awaitStarts(1);
		AtomicInteger before = new AtomicInteger(-1);
		Awaitility.await("half a second without a look")
			.during(Duration.ofMillis(500))
			.atMost(Engines.PATIENCE)
			.until(() -> before.getAndSet(probe.looks.get()) == probe.looks.get());
	}

	@Test
	void looksBackOffWhileAWorkerBurns() throws Exception {
		CountingProbe probe = new CountingProbe();
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), probe);
		Gate burner = this.engines.gate();
		Engines.queue(engine, "burner", burner.burning());
		burner.awaitStarts(1);
		Engines.queue(engine, "next", (work) -> {
		});
		Engines.until("it burns for a second", () -> Engines.busy(engine, "burner").age().toMillis() > 1000);
		int looks = probe.looks.get();
		assertThat(looks).isPositive();
		assertThat((long) looks).isLessThan(Engines.busy(engine, "burner").age().toMillis() / 5);
	}

	/** Has the monitor work for once. */
	private void keepSomebodyWaiting(WorkqueueEngine engine) throws Exception {
		Gate first = this.engines.gate();
		Gate second = this.engines.gate();
		Engines.queue(engine, "first", first);
		first.awaitStarts(1);
		Engines.queue(engine, "second", second);
		second.awaitStarts(1);
		first.open();
		second.open();
		Engines.until("both have ended", () -> first.ended.get() + second.ended.get() == 2);
	}

	/** The voluntary context switches of the engine's threads. */
	private static Map<String, Long> wakeUps() throws IOException {
		Map<String, Long> result = new TreeMap<>();
		try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
			for (Path task : tasks) {
				addWakeUps(task.resolve("status"), result);
			}
		}
		return result;
	}

	private static void addWakeUps(Path status, Map<String, Long> result) throws IOException {
		Map<String, String> fields = new TreeMap<>();
		try {
			Files.readAllLines(status)
				.stream()
				.map((line) -> line.split(":\\s*", 2))
				.forEach((field) -> fields.put(field[0], field[1]));
		}
		catch (NoSuchFileException ex) {
			// the thread has ended since the directory was read
			return;
		}
		String name = fields.getOrDefault("Name", "");
		if (name.startsWith("kwork")) {
			result.merge(name, Long.valueOf(fields.get("voluntary_ctxt_switches")), Long::sum);
		}
	}

}
