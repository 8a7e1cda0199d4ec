package io.github.workqueue.sample;

import java.util.Map;

/**
 * Totals of the files that were looked at.
 *
 * @param files files in the index
 * @param bytes their size
 * @param skipped files that are not, by the reason
 */
record CatalogueTotals(int files, long bytes, Map<SkipReason, Integer> skipped) {

	/** Copies the reasons. */
	CatalogueTotals {
		skipped = Map.copyOf(skipped);
	}

}
