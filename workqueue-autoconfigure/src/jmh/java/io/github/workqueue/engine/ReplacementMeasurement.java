package io.github.workqueue.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.benchmark.Effort;
import io.github.workqueue.benchmark.Sample;
import io.github.workqueue.engine.Blockage.Kind;
import io.github.workqueue.snapshot.WorkerSnapshot.State;

/**
 * Prints how long an item waits for the replacement of a blocked worker, and what share
 * of a CPU the monitor uses while items wait. The first argument is the number of rounds.
 */
public final class ReplacementMeasurement {

	private static final long LOAD_MILLIS = Effort.of(3000, 500);

	private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private ReplacementMeasurement() {
	}

	public static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : Effort.of(500, 15);
		print("%-16s %-22s %10s %10s", "wait", "order", "p50 us", "p99 us");
		for (Kind kind : Kind.values()) {
			row(kind, "queued while asleep", rounds, ReplacementMeasurement::queuedWhileAsleep);
			row(kind, "asleep after queueing", rounds, ReplacementMeasurement::asleepAfterQueueing);
		}
		double blocked = 100 * blockedLoad();
		double burning = 100 * burningLoad();
		print("monitor under a blocked load     %.3f %% of a CPU", blocked);
		print("monitor under a CPU-bound load   %.3f %% of a CPU", burning);
		sample("the monitor under a blocked load", "% of a CPU", blocked);
		sample("the monitor under a CPU-bound load", "% of a CPU", burning);
	}

	private static void row(Kind kind, String order, int rounds, Round round) throws Exception {
		long[] nanos = new long[rounds];
		try (WorkqueueEngine engine = WorkqueueEngine.start(Engines.settings(1).build())) {
			for (int i = -rounds / 5; i < rounds; i++) {
				long latency = round.run(engine, kind);
				nanos[Math.max(i, 0)] = latency;
			}
		}
		Arrays.sort(nanos);
		double p50 = nanos[rounds / 2] / 1e3;
		double p99 = nanos[rounds * 99 / 100] / 1e3;
		print("%-16s %-22s %10.0f %10.0f", kind, order, p50, p99);
		sample("%s, %s, p50".formatted(kind, order), "us", p50);
		sample("%s, %s, p99".formatted(kind, order), "us", p99);
	}

	private static void sample(String what, String unit, double value) {
		Sample.of("P7", what, unit, "workqueue", value).print();
	}

	/** From the queue call to the start of the item. */
	private static long queuedWhileAsleep(WorkqueueEngine engine, Kind kind) throws Exception {
		try (Blockage blockage = kind.make()) {
			Gate sleeper = new Gate();
			Engines.queue(engine, "sleeper", (work) -> {
				sleeper.enter();
				blockage.block();
			});
			sleeper.awaitStarts(1);
			Engines.until("it sleeps", () -> Engines.busy(engine, "sleeper").state() == State.BLOCKED);
			AtomicLong start = new AtomicLong();
			Gate next = new Gate();
			long queued = System.nanoTime();
			Engines.queue(engine, "next", stamping(start, next));
			next.awaitStarts(1);
			end(engine, blockage);
			return start.get() - queued;
		}
	}

	/** From the last instruction before the wait to the start of the item. */
	private static long asleepAfterQueueing(WorkqueueEngine engine, Kind kind) throws Exception {
		try (Blockage blockage = kind.make()) {
			Gate sleeper = new Gate();
			Gate queued = new Gate();
			AtomicLong asleep = new AtomicLong();
			Engines.queue(engine, "sleeper", (work) -> {
				sleeper.enter();
				queued.burning().handle(work);
				asleep.set(System.nanoTime());
				blockage.block();
			});
			sleeper.awaitStarts(1);
			AtomicLong start = new AtomicLong();
			Gate next = new Gate();
			Engines.queue(engine, "next", stamping(start, next));
			queued.open();
			next.awaitStarts(1);
			end(engine, blockage);
			return start.get() - asleep.get();
		}
	}

	private static WorkHandler stamping(AtomicLong start, Gate next) {
		return (work) -> {
			start.set(System.nanoTime());
			next.enter();
		};
	}

	private static void end(WorkqueueEngine engine, Blockage blockage) throws IOException, InterruptedException {
		blockage.release();
		engine.get("system_wq").flush();
	}

	/** As many sleepers as may be active, and items behind them. */
	private static double blockedLoad() throws Exception {
		try (WorkqueueEngine engine = WorkqueueEngine.start(Engines.settings(1).maxWorkers(8).build());
				Gate gate = new Gate()) {
			for (int i = 0; i < 20; i++) {
				Engines.queue(engine, "sleeper", gate);
			}
			gate.awaitStarts(8);
			return monitorShare();
		}
	}

	private static double burningLoad() throws Exception {
		try (WorkqueueEngine engine = WorkqueueEngine.start(Engines.settings(1).build()); Gate gate = new Gate()) {
			Engines.queue(engine, "burner", gate.burning());
			gate.awaitStarts(1);
			Engines.queue(engine, "next", gate.passing());
			return monitorShare();
		}
	}

	private static double monitorShare() throws InterruptedException {
		long monitor = monitor();
		long start = System.nanoTime();
		long before = threads.getThreadCpuTime(monitor);
		TimeUnit.MILLISECONDS.sleep(LOAD_MILLIS);
		return (double) (threads.getThreadCpuTime(monitor) - before) / (System.nanoTime() - start);
	}

	private static long monitor() {
		return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
			.filter((thread) -> thread != null && thread.getThreadName().startsWith("kworkqueue/monitor"))
			.mapToLong((thread) -> thread.getThreadId())
			.max()
			.orElseThrow();
	}

	private static void print(String line, Object... values) {
		System.out.println(line.formatted(values));
	}

	/** One measurement. */
	private interface Round {

		long run(WorkqueueEngine engine, Kind kind) throws Exception;

	}

}
