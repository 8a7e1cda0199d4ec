package io.github.workqueue.sample;

import java.util.List;
import java.util.Locale;

/** The part of a line that a result shows. */
final class Snippet {

	private static final int MAX_LENGTH = 160;

	private static final int BEFORE_MATCH = 40;

	private static final String ELLIPSIS = "…";

	private Snippet() {
	}

	/**
	 * Cuts a line to a readable length around the first word that was found.
	 * @param line the line
	 * @param words the words in lower case
	 * @return the line without surrounding blanks, or a part of it
	 */
	static String of(String line, List<String> words) {
		String text = line.strip();
		if (text.length() <= MAX_LENGTH) {
			return text;
		}
		int start = Math.max(0, firstMatch(text, words) - BEFORE_MATCH);
		int end = Math.min(text.length(), start + MAX_LENGTH);
		return ((start > 0) ? ELLIPSIS : "") + text.substring(start, end) + ((end < text.length()) ? ELLIPSIS : "");
	}

	private static int firstMatch(String text, List<String> words) {
		String lowerCase = text.toLowerCase(Locale.ROOT);
		return words.stream().mapToInt(lowerCase::indexOf).filter((index) -> index >= 0).min().orElse(0);
	}

}
