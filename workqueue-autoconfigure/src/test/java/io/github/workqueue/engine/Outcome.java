package io.github.workqueue.engine;

/**
 * One cell of the outcome table.
 *
 * @param waits whether the call waits for a handler
 * @param result yes, no, or ISE for an IllegalStateException
 * @param after the state after the call, or while it waits
 * @param runs how often the handler is called from then on
 */
record Outcome(boolean waits, String result, String after, int runs) {

	/** Reads {@code ~yes RQ 1}, where the tilde says that the call waits. */
	static Outcome parse(String cell) {
		String[] words = cell.split(" ");
		boolean waits = words[0].startsWith("~");
		return new Outcome(waits, words[0].substring(waits ? 1 : 0), words[1], Integer.parseInt(words[2]));
	}

	/** The state of an item as the table writes it. */
	static String stateOf(EngineWorkItem item) {
		long word = item.word();
		int depth = WorkState.depth(word);
		String text = (depth > 0) ? "D" + depth : "";
		text += item.isRunning() ? "R" : "";
		text += WorkState.isArmed(word) ? "T" : "";
		text += WorkState.isQueued(word) ? "Q" : "";
		return text.isEmpty() ? "I" : text;
	}

}
