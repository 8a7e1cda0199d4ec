package io.github.workqueue.benchmark.report;

import io.github.workqueue.benchmark.Sample;

/** The goals of figures that mains measure. */
final class Goals {

	private Goals() {
	}

	/** P6. */
	static Goal lateness(Sample ours) {
		return ours.what().contains("earliest") ? Goal.atLeast(0)
				: Goal.ratio(1, "ScheduledThreadPoolExecutor", "STPE");
	}

	/** P7. Waits that Java does not tell take longer to find. */
	static Goal replacement(Sample ours) {
		String what = ours.what();
		if (what.contains("queued while asleep")) {
			return what.endsWith("p50") ? Goal.atMost(50) : Goal.NONE;
		}
		if (what.matches("(PARK|SLEEP|MONITOR|SOCKET_READ), .*")) {
			return what.endsWith("p50") ? Goal.atMost(300) : Goal.atMost(what.startsWith("SOCKET_READ") ? 5000 : 2000);
		}
		return Goal.NONE;
	}

	/** P9. */
	static Goal idle(Sample ours) {
		return Goal.atMost(0);
	}

	/** The bytes of P11. */
	static Goal memory(Sample ours) {
		if (ours.what().contains("pending key")) {
			return Goal.atMost(200);
		}
		return ours.what().contains("armed") ? Goal.NONE : Goal.atMost(1);
	}

	/** P12. */
	static Goal startUp(Sample ours) {
		return Goal.atMostMore(50, "without");
	}

	/** Stored works: 0.8 times as many as db-scheduler alone, and soon after the commit. */
	static Goal durable(Sample ours) {
		if (ours.what().endsWith("per work")) {
			return Goal.ratio(1.25, "db-scheduler", "db-scheduler");
		}
		return ours.what().endsWith("p50") ? Goal.atMost(5_000) : Goal.NONE;
	}

	/** Nothing that others must wait for is done more often for more of them. */
	static Goal steps(Sample ours) {
		return ours.what().startsWith("volatile read") ? Goal.NONE
				: Goal.ratio(1.1, "1 producer, 1 pool", "1 producer, 1 pool");
	}

}
