package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Warnings about works that do not behave: they name the culprit, the number and the
 * remedy, and become rarer ({@code wq_cpu_intensive_report}).
 */
final class WorkReports {

	/** {@code WCI_MAX_ENTS}: works that are counted; more are not reported. */
	private static final int MAX_WORKS = 128;

	private static final System.Logger logger = System.getLogger(WorkReports.class.getName());

	private final long hogMicros;

	private final int threshold;

	private final Map<String, AtomicInteger> hogs = new ConcurrentHashMap<>();

	private final Map<String, AtomicInteger> sleepers = new ConcurrentHashMap<>();

	WorkReports(EngineSettings settings) {
		this.hogMicros = TimeUnit.NANOSECONDS.toMicros(Durations.saturated(settings.cpuIntensiveThreshold()));
		this.threshold = settings.cpuIntensiveWarningThreshold();
	}

	/** A work was marked as a CPU hog. */
	void hog(String work) {
		int times = count(this.hogs, work);
		if (isReported(times, this.threshold)) {
			logger.log(Level.WARNING, "workqueue: " + work + " hogged CPU for >" + this.hogMicros + "us " + times
					+ " times, consider WQ_UNBOUND");
		}
	}

	/** A handler sleeps on a BH queue. */
	void sleepsInBh(String work, Worker worker) {
		int times = count(this.sleepers, work);
		if (isReported(times, 1)) {
			StringBuilder stack = new StringBuilder();
			for (StackTraceElement frame : worker.thread().getStackTrace()) {
				stack.append(System.lineSeparator()).append("\tat ").append(frame);
			}
			logger.log(Level.WARNING, "workqueue: " + work + " sleeps on a BH queue, where it holds up all others ("
					+ times + " times), consider another queue; " + worker.name + ":" + stack);
		}
	}

	private static int count(Map<String, AtomicInteger> counts, String work) {
		AtomicInteger count = counts.get(work);
		if (count == null) {
			if (counts.size() >= MAX_WORKS) {
				return 0;
			}
			count = counts.computeIfAbsent(work, (absent) -> new AtomicInteger());
		}
		return count.incrementAndGet();
	}

	/** From the threshold on, at distances that double. */
	static boolean isReported(int times, int threshold) {
		int over = times + 1 - threshold;
		return threshold > 0 && over > 0 && Integer.bitCount(over) == 1;
	}

}
