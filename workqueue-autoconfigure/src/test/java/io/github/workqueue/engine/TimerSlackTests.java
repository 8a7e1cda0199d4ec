package io.github.workqueue.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads of the engine that wait for a time ask the system to be exact. */
@EnabledOnOs(OS.LINUX)
class TimerSlackTests {

	@RegisterExtension
	final Engines engines = new Engines();

	@Test
	void waitsOfAThreadThatAsksEndOnTime() throws Exception {
		FutureTask<String> asked = Engines.async(() -> {
			TimerSlack.minimize();
			return slack(ProcStates.currentTid());
		});
		assertThat(Engines.get(asked)).isEqualTo("1");
	}

	@Test
	void theTimerThreadAsks() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		DelayedWorkItem item = engine.initDelayedWork("item", (work) -> {
		});
		item.schedule(Duration.ofHours(1));
		Engines.until("its waits are exact", () -> hasExactThread("kworkqueue/timer"));
		item.cancel();
	}

	/** The system cuts the names of threads. */
	private static boolean hasExactThread(String name) throws IOException {
		try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
			return tasks.anyMatch((task) -> name.startsWith(line(task.resolve("comm")))
					&& slack(Long.parseLong(task.getFileName().toString())).equals("1"));
		}
	}

	private static String slack(long tid) {
		return line(TimerSlack.file(tid));
	}

	/** What a file says, or a question mark if its thread has ended. */
	private static String line(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			return "?";
		}
	}

}
