package io.github.workqueue.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;

/**
 * P9: what the threads of an engine do that was used and has nothing to do, as the system
 * counts it. Linux only.
 */
public final class IdleMeasurement {

	private static final int SECONDS = Effort.of(10, 2);

	private IdleMeasurement() {
	}

	public static void main(String[] arguments) throws Exception {
		try (WorkqueueEngine engine = WorkqueueEngine.start()) {
			print("threads of an engine before its first item", "threads", threads());
			use(engine);
			TimeUnit.SECONDS.sleep(2);
			Usage before = Usage.now();
			TimeUnit.SECONDS.sleep(SECONDS);
			Usage after = Usage.now();
			print("context switches of all threads of an idle engine in " + SECONDS + " s", "switches",
					after.switches - before.switches);
			print("CPU time of all threads of an idle engine in " + SECONDS + " s", "ticks",
					after.ticks - before.ticks);
		}
	}

	/** Has workers and the monitor work for once. */
	private static void use(WorkqueueEngine engine) throws InterruptedException {
		for (Workqueue queue : List.of(engine.get("system_wq"), engine.get("system_unbound_wq"))) {
			for (int i = 0; i < 20; i++) {
				WorkItem item = engine.initWork("sleeper", queue, (work) -> Thread.sleep(20));
				item.schedule();
			}
			queue.flush();
		}
	}

	private static void print(String what, String unit, long value) {
		Sample.of("P9", what, unit, "workqueue", value).print();
	}

	private static long threads() {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> isOurs(thread.getName())).count();
	}

	private static boolean isOurs(String thread) {
		return thread.startsWith("kwork");
	}

	/** What the engine's threads have used so far. */
	private record Usage(long switches, long ticks) {

		static Usage now() throws IOException {
			try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
				return tasks.map(Usage::of).reduce(new Usage(0, 0), Usage::plus);
			}
		}

		private static Usage of(Path task) {
			try {
				List<String> status = Files.readAllLines(task.resolve("status"));
				if (!isOurs(status.get(0).split(":\\s*")[1])) {
					return new Usage(0, 0);
				}
				String stat = Files.readString(task.resolve("stat"));
				String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
				return new Usage(switches(status), Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
			}
			catch (NoSuchFileException ex) {
				return new Usage(0, 0);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static long switches(List<String> status) {
			return status.stream()
				.filter((line) -> line.contains("ctxt_switches"))
				.mapToLong((line) -> Long.parseLong(line.split(":\\s*")[1]))
				.sum();
		}

		private Usage plus(Usage other) {
			return new Usage(this.switches + other.switches, this.ticks + other.ticks);
		}

	}

}
