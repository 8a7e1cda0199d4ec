package io.github.workqueue.sample;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a word is, for the index and for queries alike: letters, marks, digits and
 * underscores, without regard to case.
 */
final class Words {

	private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}_]+");

	private Words() {
	}

	/**
	 * Tells whether a character belongs to a word.
	 * @param codePoint the character
	 * @return true if it does
	 */
	static boolean isPart(int codePoint) {
		return codePoint == '_' || Character.isLetterOrDigit(codePoint) || isMark(Character.getType(codePoint));
	}

	private static boolean isMark(int type) {
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
				|| type == Character.ENCLOSING_MARK;
	}

	/**
	 * Splits what a user typed.
	 * @param text any text
	 * @return its distinct words in lower case, in order
	 */
	static List<String> of(String text) {
		return BETWEEN_WORDS.splitAsStream(text)
			.filter((word) -> !word.isEmpty())
			.map((word) -> word.toLowerCase(Locale.ROOT))
			.distinct()
			.toList();
	}

}
