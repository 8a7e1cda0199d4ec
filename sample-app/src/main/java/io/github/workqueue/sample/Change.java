package io.github.workqueue.sample;

/** What the journal tells about. */
enum Change {

	/** A file or directory appeared. */
	CREATED,

	/** A file was written. */
	MODIFIED,

	/** A file or directory disappeared. */
	DELETED,

	/** The operating system lost changes; the whole tree is looked at. */
	OVERFLOW,

	/** A scan found a file to be new or changed, without an event. */
	FOUND,

	/** A scan found a file to be gone, without an event. */
	MISSED

}
