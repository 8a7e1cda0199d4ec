package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;

/**
 * The main class of a process that a test stops and continues: threads queue, delay, move
 * and cancel items, some of which block, until a byte comes on the standard input. Then
 * it lets everything end, and prints what became of it.
 */
final class StoppableLoad {

	/** What the process says first. */
	static final String READY = "ready";

	private static final int ITEMS = 6;

	private static final int THREADS = 2;

	private static final Pattern POOL = Pattern.compile("pool \\d+");

	private static final long PAUSE_NANOS = 200_000;

	private static final long BURNED_NANOS = 10_000_000;

	private final WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder()
		.cpus(2)
		.cpuIntensiveThreshold(Duration.ofMillis(400))
		.watchdogThreshold(Duration.ofMillis(100))
		.idleTimeout(Duration.ofMillis(50))
		.build());

	private final LogCapture log = new LogCapture();

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong cancelled = new AtomicLong();

	private final AtomicLong runs = new AtomicLong();

	private final AtomicLong early = new AtomicLong();

	private final AtomicLong overlaps = new AtomicLong();

	private final List<DelayedWorkItem> items = new ArrayList<>();

	private final List<Workqueue> queues = new ArrayList<>();

	private volatile boolean stopped;

	private StoppableLoad() {
		for (String kind : List.of("percpu", "percpu-one", "unbound", "ordered")) {
			Workqueue queue = QueueKinds.alloc(this.engine, kind);
			this.queues.add(queue);
			for (int i = 0; i < ITEMS; i++) {
				this.items.add(item(kind + "-" + i, queue, i));
			}
		}
	}

	/** Of three items one blocks, one burns and one ends at once. */
	private DelayedWorkItem item(String name, Workqueue queue, int number) {
		AtomicInteger inside = new AtomicInteger();
		return this.engine.initDelayedWork(name, queue, (work) -> {
			this.overlaps.addAndGet((inside.getAndIncrement() > 0) ? 1 : 0);
			this.runs.incrementAndGet();
			switch (number % 3) {
				case 0 -> LockSupport.parkNanos(10 * PAUSE_NANOS);
				case 1 -> burn();
				default -> {
					// ends at once
				}
			}
			inside.decrementAndGet();
		});
	}

	private static void burn() {
		long before = SystemThreadProbe.currentCpuNanos();
		while (SystemThreadProbe.currentCpuNanos() - before < BURNED_NANOS) {
			Thread.onSpinWait();
		}
	}

	public static void main(String[] arguments) throws Exception {
		StoppableLoad load = new StoppableLoad();
		List<FutureTask<Void>> threads = IntStream.range(0, THREADS)
			.mapToObj((thread) -> Engines.async(() -> load.produce(new SplittableRandom(thread))))
			.toList();
		Engines.until("work flows", () -> load.runs.get() > 50);
		System.out.println(READY);
		System.in.read();
		load.stopped = true;
		for (FutureTask<Void> thread : threads) {
			Engines.get(thread);
		}
		System.out.println(load.end());
		load.engine.close();
	}

	private Void produce(SplittableRandom random) {
		while (!this.stopped) {
			call(this.items.get(random.nextInt(this.items.size())), random);
			if (random.nextInt(8) == 0) {
				delayFresh(Duration.ofMillis(1 + random.nextInt(40)));
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
		return null;
	}

	private void call(DelayedWorkItem item, SplittableRandom random) {
		Duration delay = Duration.ofMillis(1 + random.nextInt(20));
		switch (random.nextInt(5)) {
			case 0, 1 -> this.accepted.addAndGet(item.schedule() ? 1 : 0);
			case 2 -> this.accepted.addAndGet(item.schedule(delay) ? 1 : 0);
			case 3 -> this.accepted.addAndGet(item.modify(delay) ? 0 : 1);
			default -> this.cancelled.addAndGet(item.cancel() ? 1 : 0);
		}
	}

	/** An item of its own, which knows from when on it may run. */
	private void delayFresh(Duration delay) {
		long before = System.nanoTime();
		DelayedWorkItem fresh = this.engine.initDelayedWork("fresh", (work) -> {
			this.early.addAndGet((System.nanoTime() - before < delay.toNanos()) ? 1 : 0);
			this.runs.incrementAndGet();
		});
		this.accepted.addAndGet(fresh.schedule(delay) ? 1 : 0);
	}

	private Result end() throws Exception {
		for (WorkItem item : this.items) {
			item.flush();
		}
		Engines.until("all timers have fired", () -> this.engine.timers.size() == 0);
		for (Workqueue queue : this.queues) {
			queue.drain(Engines.PATIENCE);
		}
		this.engine.get("system_wq").drain(Engines.PATIENCE);
		Engines.until("all stalls are over", this::allStallsAreOver);
		StructureValidator.validate(this.engine);
		long hogs = this.engine.all()
			.stream()
			.mapToLong((queue) -> Engines.stats(this.engine, queue.name()).cpuIntensive())
			.sum();
		return new Result(this.accepted.get() - this.cancelled.get() - this.runs.get(), this.early.get(),
				this.overlaps.get(), hogs, this.engine.inspectStalls().size());
	}

	private boolean allStallsAreOver() {
		Map<String, Boolean> over = new HashMap<>();
		for (String message : this.log.containing("pool ")) {
			Matcher pool = POOL.matcher(message);
			if (message.contains("lockup") && pool.find()) {
				over.put(pool.group(), false);
			}
			else if (message.contains("makes progress again") && pool.find()) {
				over.put(pool.group(), true);
			}
		}
		return !over.containsValue(false);
	}

	/**
	 * What became of the load.
	 *
	 * @param lost accepted instances that neither ran nor were cancelled
	 * @param early runs before their delay was over
	 * @param overlaps runs of an item beside itself
	 * @param hogs workers that were taken for hogs
	 * @param stalls pools that are reported in the end
	 */
	record Result(long lost, long early, long overlaps, long hogs, int stalls) {

		/** Nothing went wrong. */
		static final Result GOOD = new Result(0, 0, 0, 0, 0);

	}

}
