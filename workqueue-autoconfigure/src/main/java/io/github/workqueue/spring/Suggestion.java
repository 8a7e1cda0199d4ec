package io.github.workqueue.spring;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds what somebody may have meant.
 */
final class Suggestion {

	private Suggestion() {
	}

	/**
	 * Returns the known name that is at most two typing errors away, the nearest first.
	 */
	static Optional<String> of(String unknown, Collection<String> known) {
		return known.stream()
			.filter((name) -> distance(unknown, name) <= Math.min(2, unknown.length() / 2))
			.min(Comparator.comparingInt((name) -> distance(unknown, name)));
	}

	private static int distance(String left, String right) {
		int[] row = new int[right.length() + 1];
		for (int j = 0; j <= right.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int substituted = diagonal + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[right.length()];
	}

}
