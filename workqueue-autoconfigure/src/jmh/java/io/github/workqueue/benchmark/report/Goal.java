package io.github.workqueue.benchmark.report;

import java.util.function.Function;

/**
 * What a row should show. All figures are better if lower.
 *
 * @param text for people
 * @param judge whether a row meets it
 */
record Goal(String text, Function<Row, Verdict> judge) {

	/** For rows that are shown only. */
	static final Goal NONE = new Goal("", (row) -> Verdict.OPEN);

	/**
	 * Allocated for something that is not ours, such as a growing array, per operation.
	 */
	private static final double NO_BYTES = 1;

	static Goal atMost(double limit) {
		return new Goal("<= " + Numbers.limit(limit), (row) -> Verdict.of(row.ours().value() <= limit));
	}

	static Goal atLeast(double limit) {
		return new Goal(">= " + Numbers.limit(limit), (row) -> Verdict.of(row.ours().value() >= limit));
	}

	/** At most so much more than a peer, absolutely. */
	static Goal atMostMore(double more, String peer) {
		return new Goal("<= %s more".formatted(Numbers.limit(more)),
				(row) -> row.best(peer)
					.map((found) -> Verdict.of(row.ours().value() - found.value() <= more))
					.orElse(Verdict.OPEN));
	}

	/**
	 * At most so many times the best of the peers whose names begin so.
	 * @param title how the goal calls them
	 */
	static Goal ratio(double limit, String peers, String title) {
		return new Goal("<= %s x %s".formatted(Numbers.limit(limit), title),
				(row) -> row.best(peers)
					.map((peer) -> Verdict.of(row.ours().value() <= limit * peer.value()))
					.orElse(Verdict.OPEN));
	}

	static Goal noBytes() {
		return new Goal("0 B",
				(row) -> Double.isNaN(row.ours().bytes()) ? Verdict.OPEN : Verdict.of(row.ours().bytes() < NO_BYTES));
	}

	Goal and(Goal other) {
		return new Goal(this.text + ", " + other.text, (row) -> this.judge.apply(row).and(other.judge.apply(row)));
	}

}
