package io.github.workqueue.durable;

/**
 * What became of a request.
 */
enum Requested {

	/** It made its key pending. */
	MADE,

	/** Its key was pending already. */
	MERGED,

	/** Somebody waits for the end of the key's run and refuses requests. */
	REFUSED

}
