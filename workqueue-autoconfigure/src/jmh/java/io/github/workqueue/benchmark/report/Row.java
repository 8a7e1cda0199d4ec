package io.github.workqueue.benchmark.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.github.workqueue.benchmark.Sample;

/**
 * A row of the table: one figure of ours beside those of the peers.
 *
 * @param ours the engine's
 * @param peers in the order in which they are shown
 * @param goal what is wanted
 */
record Row(Sample ours, List<Sample> peers, Goal goal) {

	Verdict verdict() {
		return this.goal.judge().apply(this);
	}

	/** The best of the peers whose names begin so. */
	Optional<Sample> best(String peers) {
		return this.peers.stream()
			.filter((peer) -> peer.subject().startsWith(peers))
			.min(Comparator.comparingDouble(Sample::value));
	}

	/** Ours divided by the peer's. */
	double ratio(Sample peer) {
		return this.ours.value() / peer.value();
	}

}
