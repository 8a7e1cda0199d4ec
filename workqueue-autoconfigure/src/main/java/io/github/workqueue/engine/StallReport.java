package io.github.workqueue.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;

/**
 * The text on a pool that makes no progress, in the shape of {@code show_one_workqueue}
 * and {@code show_one_worker_pool}: who runs there for how long and whether it sleeps or
 * burns, what waits, and the stacks.
 */
final class StallReport {

	/** Waiting works of a queue that are named. */
	private static final int MAX_WORKS = 100;

	private final WorkerPool pool;

	private final long now;

	private final long stuckNanos;

	private final StringBuilder text = new StringBuilder();

	StallReport(WorkerPool pool, long now, long stuckNanos) {
		this.pool = pool;
		this.now = now;
		this.stuckNanos = stuckNanos;
	}

	@Override
	public String toString() {
		this.text.append("BUG: workqueue lockup - ")
			.append(this.pool)
			.append(" stuck for ")
			.append(seconds(this.stuckNanos))
			.append("!");
		line("Showing busy workqueues and worker pools:");
		Set<EngineWorkqueue> queues = new LinkedHashSet<>(this.pool.engine.queues());
		queues.removeIf((queue) -> !queue.isServedBy(this.pool));
		queues.forEach(this::showQueue);
		WorkerPoolSnapshot snapshot = this.pool.engine.snapshots.pool(this.pool);
		line(this.pool + ": hung=" + seconds(this.stuckNanos) + " workers=" + snapshot.workers() + " idle="
				+ snapshot.idle() + " running=" + snapshot.running() + " waiting=" + snapshot.pending()
				+ (this.pool.creation.hasFailed() ? " (no worker can be made)" : ""));
		snapshot.busy().forEach(this::showStack);
		return this.text.toString();
	}

	private void showQueue(EngineWorkqueue queue) {
		QueueLink link = queue.linkIn(this.pool);
		QueueWorks works = new QueueWorks(this.now, Integer.MAX_VALUE);
		this.pool.items.collect(link, works);
		List<SeenWorker> busy = SeenWorker.look(works.busy(), this.pool.engine.probe);
		List<WaitingWork> waiting = works.waiting();
		if (busy.isEmpty() && waiting.isEmpty()) {
			return;
		}
		line("workqueue " + queue.name() + ": flags=" + queue.flags());
		busy.forEach(this::showInFlight);
		if (!waiting.isEmpty()) {
			line("  pending: "
					+ Watchdog.fold(waiting.stream().limit(MAX_WORKS).map((one) -> one.item().name()).toList())
					+ ((waiting.size() > MAX_WORKS) ? " and " + (waiting.size() - MAX_WORKS) + " more" : ""));
		}
	}

	private void showInFlight(SeenWorker seen) {
		BusyWorker busy = seen.busy();
		line("  in-flight: " + busy.worker().name + ":" + busy.item().name() + " for " + seconds(busy.age().toNanos())
				+ ", " + state(seen));
	}

	private static String state(SeenWorker seen) {
		return switch (seen.state()) {
			case BLOCKED -> "blocked";
			case RUNNING -> "running";
			case CPU_INTENSIVE -> "hogging the CPU";
		};
	}

	private void showStack(WorkerSnapshot worker) {
		line("Stack of " + worker.worker() + ", work " + worker.work() + ":");
		worker.stack().forEach((frame) -> line("\tat " + frame));
	}

	private void line(String line) {
		this.text.append(System.lineSeparator()).append(line);
	}

	private static String seconds(long nanos) {
		long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
		return (millis % 1000 == 0 || millis >= 10_000) ? millis / 1000 + "s" : millis / 1000.0 + "s";
	}

}
