package io.github.workqueue.snapshot;

/**
 * What a queue does with requests.
 */
public enum WorkqueueState {

	/** Accepts and runs work. */
	ACTIVE,

	/** Accepts work and starts none. */
	FROZEN,

	/** Accepts chained work only. */
	DRAINING,

	/** Accepts nothing. */
	DESTROYED

}
