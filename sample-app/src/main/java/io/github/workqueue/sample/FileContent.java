package io.github.workqueue.sample;

import java.util.List;

/** What reading a file gave. */
sealed interface FileContent {

	/**
	 * Text.
	 *
	 * @param lines the lines, without their ends
	 */
	record Text(List<String> lines) implements FileContent {

		/** Copies the lines. */
		public Text {
			lines = List.copyOf(lines);
		}

	}

	/**
	 * Nothing to index.
	 *
	 * @param reason why
	 * @param detail the same for a reader of the log
	 */
	record Skipped(SkipReason reason, String detail) implements FileContent {

	}

}
