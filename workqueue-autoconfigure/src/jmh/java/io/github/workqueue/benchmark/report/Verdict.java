package io.github.workqueue.benchmark.report;

/** Whether a goal is met. */
enum Verdict {

	/** It is met. */
	YES,

	/** There is no goal, or nothing to compare with. */
	OPEN,

	/** It is missed. */
	NO;

	static Verdict of(boolean met) {
		return met ? YES : NO;
	}

	/** Of two goals that must both be met. */
	Verdict and(Verdict other) {
		return (compareTo(other) > 0) ? this : other;
	}

}
