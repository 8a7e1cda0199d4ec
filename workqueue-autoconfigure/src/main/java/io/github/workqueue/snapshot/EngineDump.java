package io.github.workqueue.snapshot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.workqueue.snapshot.WorkSnapshot.State;
import org.jspecify.annotations.Nullable;

/**
 * The text on all that is busy, in the shape of {@code show_all_workqueues}: queues with
 * what runs, waits and is armed, pools, active rescuers, stacks. Works of one name are
 * one entry with their number, and equal stacks are written once, so that ten thousand
 * items make a page. Never a key.
 */
final class EngineDump {

	/** Names of works of one queue and state that are written out. */
	private static final int MAX_NAMES = 20;

	private static final int MAX_FRAMES = 40;

	private final StringBuilder text = new StringBuilder();

	EngineDump(WorkqueueInspector inspector) {
		EngineSnapshot engine = inspector.inspect();
		List<WorkerPoolSnapshot> pools = inspector.inspectPools();
		Map<Integer, StallSnapshot> stalls = inspector.inspectStalls()
			.stream()
			.collect(Collectors.toMap(StallSnapshot::pool, (stall) -> stall, (one, other) -> one));
		this.text.append("Showing busy workqueues and worker pools").append(engine.frozen() ? ", frozen:" : ":");
		engine.workqueues()
			.stream()
			.filter(EngineDump::isBusy)
			.forEach((queue) -> inspector.inspectDetails(queue.name(), Integer.MAX_VALUE).ifPresent(this::showQueue));
		pools.stream().filter(EngineDump::isBusy).forEach((pool) -> showPool(pool, stalls.get(pool.id())));
		inspector.inspectRescuers().stream().filter(RescuerSnapshot::active).forEach(this::showRescuer);
		showStacks(pools);
		if (this.text.indexOf("\n") < 0) {
			line("nothing runs, waits or is armed");
		}
	}

	private static boolean isBusy(WorkqueueSnapshot queue) {
		return queue.running() + queue.pending() + queue.delayed() > 0;
	}

	private static boolean isBusy(WorkerPoolSnapshot pool) {
		return !pool.busy().isEmpty() || pool.pending() > 0;
	}

	private void showQueue(WorkqueueDetails details) {
		WorkqueueSnapshot queue = details.workqueue();
		line("workqueue " + queue.name() + ": flags=" + new TreeSet<>(queue.flags()) + " state=" + queue.state()
				+ " active=" + queue.running() + ((queue.maxActive() > 0) ? "/" + queue.maxActive() : "") + " pending="
				+ queue.pending() + " inactive=" + queue.inactive() + " delayed=" + queue.delayed());
		details.works().stream().filter((work) -> work.state() == State.RUNNING).forEach(this::showInFlight);
		showFolded("  pending: ", details, State.PENDING, (first) -> " for " + seconds(first.age()));
		showFolded("  delayed: ", details, State.DELAYED, (first) -> " due in " + seconds(first.dueIn()));
	}

	private void showInFlight(WorkSnapshot work) {
		line("  in-flight: " + work.worker() + ":" + work.work() + " for " + seconds(work.age())
				+ (Boolean.TRUE.equals(work.blocked()) ? ", blocked" : ", running"));
	}

	/** All works of a state, one entry per name: how many, and the time of the first. */
	private void showFolded(String title, WorkqueueDetails details, State state, Function<WorkSnapshot, String> time) {
		Map<String, List<WorkSnapshot>> names = details.works()
			.stream()
			.filter((work) -> work.state() == state)
			.collect(Collectors.groupingBy(WorkSnapshot::work, LinkedHashMap::new, Collectors.toList()));
		if (names.isEmpty()) {
			return;
		}
		String shown = names.values()
			.stream()
			.limit(MAX_NAMES)
			.map((works) -> ((works.size() > 1) ? works.size() + "*" : "") + works.get(0).work()
					+ time.apply(works.get(0)))
			.collect(Collectors.joining(", "));
		int left = names.size() - MAX_NAMES;
		line(title + shown + ((left > 0) ? " and " + left + " more names" : ""));
	}

	private void showPool(WorkerPoolSnapshot pool, @Nullable StallSnapshot stall) {
		line("pool " + pool.id() + ": " + (pool.unbound() ? "unbound" : "cpu=" + pool.cpu()) + " nice=" + pool.nice()
				+ " hung=" + ((stall != null) ? seconds(stall.lasted()) : "0s") + " workers=" + pool.workers()
				+ " idle=" + pool.idle() + " running=" + pool.running() + " waiting=" + pool.pending()
				+ ((stall != null) ? " STALLED: " + stall.reason() : ""));
	}

	private void showRescuer(RescuerSnapshot rescuer) {
		line("rescuer " + rescuer.worker() + ": at work for workqueue " + rescuer.workqueue());
	}

	/** Equal stacks once, with the workers that have them. */
	private void showStacks(List<WorkerPoolSnapshot> pools) {
		Map<List<StackTraceElement>, List<String>> workers = new LinkedHashMap<>();
		for (WorkerPoolSnapshot pool : pools) {
			for (WorkerSnapshot worker : pool.busy()) {
				workers.computeIfAbsent(worker.stack(), (stack) -> new ArrayList<>())
					.add(worker.worker() + ", work " + worker.work() + ", " + worker.state());
			}
		}
		workers.forEach(this::showStack);
	}

	private void showStack(List<StackTraceElement> stack, List<String> workers) {
		int left = workers.size() - MAX_NAMES;
		line("Stack of " + workers.stream().limit(MAX_NAMES).collect(Collectors.joining("; "))
				+ ((left > 0) ? " and " + left + " more workers" : "") + ":");
		stack.stream().limit(MAX_FRAMES).forEach((frame) -> line("\tat " + frame));
		if (stack.size() > MAX_FRAMES) {
			line("\t... " + (stack.size() - MAX_FRAMES) + " more");
		}
	}

	private void line(String line) {
		this.text.append('\n').append(line);
	}

	private static String seconds(@Nullable Duration duration) {
		long millis = TimeUnit.NANOSECONDS.toMillis(Objects.requireNonNullElse(duration, Duration.ZERO).toNanos());
		return (millis % 1000 == 0 || millis >= 10_000) ? millis / 1000 + "s" : millis / 1000.0 + "s";
	}

	@Override
	public String toString() {
		return this.text + "\n";
	}

}
