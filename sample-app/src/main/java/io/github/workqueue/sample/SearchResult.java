package io.github.workqueue.sample;

import java.util.List;

/**
 * What a search found.
 *
 * @param query what was asked
 * @param total how many lines fit
 * @param hits the best of them, best first
 */
record SearchResult(String query, int total, List<SearchHit> hits) {

	/** Copies the hits. */
	SearchResult {
		hits = List.copyOf(hits);
	}

}
