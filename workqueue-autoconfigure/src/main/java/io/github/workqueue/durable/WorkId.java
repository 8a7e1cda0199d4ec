package io.github.workqueue.durable;

import org.jspecify.annotations.Nullable;

/**
 * Whose run a row stands for: a work, and a key if it has keys. Ordered as rows are
 * locked.
 *
 * @param work the name of the work
 * @param key the key as JSON; null for work without keys
 */
public record WorkId(String work, @Nullable String key) implements Comparable<WorkId> {

	/** As many characters as fit into the table's primary key. */
	static final int LIMIT = 720;

	/** As many characters as a key may have. */
	static final int KEY_LIMIT = 500;

	/**
	 * Checks the lengths.
	 * @throws IllegalArgumentException if the name or the key is too long; the message
	 * names the work
	 */
	public WorkId {
		if (key != null && key.length() > KEY_LIMIT) {
			throw new IllegalArgumentException("a key of work '" + work + "' has " + key.length()
					+ " characters as JSON; at most " + KEY_LIMIT + " can be stored");
		}
		if (text(work, key).length() > LIMIT) {
			throw new IllegalArgumentException("the name of work '" + work + "' is too long to be stored");
		}
	}

	/** Returns what is stored: a JSON array, so that no two ids have the same text. */
	String text() {
		return text(this.work, this.key);
	}

	private static String text(String work, @Nullable String key) {
		String name = CanonicalJson.quote(work);
		return (key != null) ? "[" + name + "," + key + "]" : "[" + name + "]";
	}

	/** Finds the key in a stored text. */
	static WorkId of(String work, String text) {
		int start = CanonicalJson.quote(work).length() + 2;
		return new WorkId(work, (start < text.length()) ? text.substring(start, text.length() - 1) : null);
	}

	@Override
	public int compareTo(WorkId other) {
		return text().compareTo(other.text());
	}

	@Override
	public String toString() {
		return "work '" + this.work + "'" + ((this.key != null) ? " with key " + this.key : "");
	}

}
