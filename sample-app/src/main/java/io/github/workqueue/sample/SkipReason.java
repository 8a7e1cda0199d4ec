package io.github.workqueue.sample;

/** Why a file is not in the index. */
enum SkipReason {

	/** It holds no text. */
	BINARY("binary"),

	/** It is larger than the setting allows. */
	TOO_LARGE("too large"),

	/** It may not be read, or reading it failed. */
	UNREADABLE("unreadable"),

	/** It was gone before it could be read. */
	VANISHED("vanished");

	private final String label;

	SkipReason(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

}
