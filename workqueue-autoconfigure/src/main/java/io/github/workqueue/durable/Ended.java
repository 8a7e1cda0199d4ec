package io.github.workqueue.durable;

/**
 * What the end of a run did to its row.
 */
enum Ended {

	/** The row is gone: nobody has asked for another run. */
	IDLE,

	/** The row is pending again. */
	PENDING,

	/** Nothing: the run has lost its row to another. */
	STALE

}
