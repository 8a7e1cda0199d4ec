package io.github.workqueue.benchmark;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;

/**
 * What an execution costs beyond two cores, by count: atomic updates, volatile reads and
 * writes, fences, locks and wake-ups per item, of the producers and of the workers, and
 * in which class, for several numbers of producers and pools. Steps in the JDK's own
 * locks are not counted: a lock that nobody holds is one atomic update and one volatile
 * write.
 */
public final class StepMeasurement {

	private static final int ITEMS = Effort.of(400_000, 40_000);

	private static final int MOST_POOLS = 64;

	private StepMeasurement() {
	}

	public static void main(String[] arguments) throws Exception {
		measure(1, 1);
		measure(8, 1);
		measure(1, 8);
		measure(8, 8);
		measure(8, MOST_POOLS);
	}

	private static void measure(int producers, int pools) throws Exception {
		Workqueues engine = start(pools);
		try {
			Workqueue queue = engine.alloc("queue", 0);
			List<WorkItem> items = new ArrayList<>();
			for (int i = 0; i < ITEMS; i++) {
				items.add(engine.initWork("item", queue, (work) -> {
				}));
			}
			burst(queue, items, producers);
			Steps.clear();
			burst(queue, items, producers);
			String who = "%s, %s".formatted(plural(producers, "producer"), plural(pools, "pool"));
			String subject = (pools == MOST_POOLS) ? "workqueue, " + who : who;
			print("per queue call", subject, (thread) -> thread.startsWith("producer"));
			print("per execution", subject, (thread) -> thread.startsWith("kworker"));
		}
		finally {
			((AutoCloseable) engine).close();
		}
	}

	private static void burst(Workqueue queue, List<WorkItem> items, int producers) throws InterruptedException {
		int share = ITEMS / producers;
		CountDownLatch left = new CountDownLatch(producers);
		for (int i = 0; i < producers; i++) {
			List<WorkItem> own = items.subList(i * share, (i + 1) * share);
			new Thread(() -> {
				own.forEach(queue::queue);
				left.countDown();
			}, "producer").start();
		}
		left.await();
		queue.flush();
	}

	private static void print(String when, String subject, Predicate<String> thread) {
		for (Map.Entry<String, Long> step : Steps.take(thread).entrySet()) {
			double perItem = Math.rint(100.0 * step.getValue() / ITEMS) / 100;
			if (perItem > 0) {
				Sample.of("steps", step.getKey() + ", " + when, "per item", subject, perItem).print();
			}
		}
	}

	private static String plural(int count, String noun) {
		return count + " " + noun + ((count > 1) ? "s" : "");
	}

	/** An engine of counting classes. */
	private static Workqueues start(int cpus) throws Exception {
		ClassLoader loader = new SteppingLoader();
		Class<?> settings = loader.loadClass("io.github.workqueue.engine.EngineSettings");
		Object builder = settings.getMethod("builder").invoke(null);
		Method set = builder.getClass().getMethod("cpus", int.class);
		Object built = builder.getClass().getMethod("build").invoke(set.invoke(builder, cpus));
		return (Workqueues) loader.loadClass("io.github.workqueue.engine.WorkqueueEngine")
			.getMethod("start", settings)
			.invoke(null, built);
	}

}
