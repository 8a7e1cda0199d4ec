package io.github.workqueue.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Counts steps that threads share, each thread for itself. {@link SteppingLoader} has the
 * engine call it.
 */
public final class Steps {

	private static final int MOST = 2000;

	private static final Map<String, Integer> numbers = new ConcurrentHashMap<>();

	private static final AtomicInteger next = new AtomicInteger();

	private static final List<Own> threads = new CopyOnWriteArrayList<>();

	private static final ThreadLocal<Own> own = ThreadLocal.withInitial(Own::new);

	private Steps() {
	}

	/** The number of a step. */
	static int number(String step) {
		return numbers.computeIfAbsent(step, (absent) -> next.getAndIncrement());
	}

	/** Called by the engine before each step. */
	public static void step(int number) {
		own.get().counts[number]++;
	}

	/** What threads of such names have done since the last {@link #clear}. */
	static Map<String, Long> take(Predicate<String> thread) {
		Map<String, Long> sums = new TreeMap<>();
		for (Own each : threads) {
			if (thread.test(each.thread.getName())) {
				numbers.forEach((step, number) -> sums.merge(step, each.counts[number], Long::sum));
			}
		}
		sums.values().removeIf((count) -> count == 0);
		return sums;
	}

	/** Forgets what was counted. Called while nobody counts. */
	static void clear() {
		threads.forEach((each) -> Arrays.fill(each.counts, 0));
	}

	private static final class Own {

		private final Thread thread = Thread.currentThread();

		private final long[] counts = new long[MOST];

		Own() {
			threads.add(this);
		}

	}

}
