package io.github.workqueue.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;

/**
 * P11: what a pending key and an armed timer take, and what is left of them afterwards.
 * The keys and items themselves are not counted.
 */
public final class MemoryMeasurement {

	private static final int COUNT = Effort.of(1_000_000, 100_000);

	private MemoryMeasurement() {
	}

	public static void main(String[] arguments) throws Exception {
		keys();
		timers();
		runs();
	}

	private static void keys() {
		Integer[] keys = new Integer[COUNT];
		for (int i = 0; i < COUNT; i++) {
			keys[i] = i;
		}
		try (WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder().held(true).build())) {
			KeyedWork<Integer> work = engine.initKeyedWork("keyed", engine.get("system_wq"), (key) -> {
			});
			work.schedule(-1);
			long before = used();
			for (Integer key : keys) {
				work.schedule(key);
			}
			print("memory per pending key", used() - before);
			for (Integer key : keys) {
				work.cancel(key);
			}
			print("memory per key that was cancelled", used() - before);
			Reference.reachabilityFence(keys);
		}
	}

	private static void timers() {
		try (WorkqueueEngine engine = WorkqueueEngine.start()) {
			DelayedWorkItem[] items = new DelayedWorkItem[COUNT];
			for (int i = 0; i < COUNT; i++) {
				items[i] = engine.initDelayedWork("timer", (work) -> {
				});
			}
			items[0].schedule(Duration.ofHours(1));
			long before = used();
			for (int i = 0; i < COUNT; i++) {
				items[i].schedule(Duration.ofHours(1).plusMillis(i));
			}
			print("memory per armed timer, beside its item", used() - before);
			for (DelayedWorkItem item : items) {
				item.cancel();
			}
			print("memory per timer that was cancelled", used() - before);
			Reference.reachabilityFence(items);
		}
	}

	private static void runs() throws InterruptedException {
		try (WorkqueueEngine engine = WorkqueueEngine.start()) {
			Workqueue queue = engine.get("system_wq");
			KeyedWork<Integer> work = engine.initKeyedWork("keyed", queue, (key) -> {
			});
			work.schedule(-1);
			queue.flush();
			long before = used();
			for (int i = 0; i < COUNT; i++) {
				work.schedule(i);
			}
			queue.flush();
			print("memory per key that ran", used() - before);
		}
	}

	private static long used() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static void print(String what, long bytes) {
		Sample.of("P11", "%s, of %,d".formatted(what, COUNT), "B", "workqueue", (double) bytes / COUNT).print();
	}

}
