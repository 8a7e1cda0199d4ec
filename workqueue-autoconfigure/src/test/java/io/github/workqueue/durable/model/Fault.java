package io.github.workqueue.durable.model;

/**
 * A mistake that the mapping could make, and that the model must notice.
 */
enum Fault {

	/** The mapping as it is meant to be. */
	NONE,

	/** A request changes the version of a row, also of one that runs. */
	REQUEST_BUMPS_VERSION,

	/** A claim is started without a look at the lease. */
	NO_LEASE_CHECK,

	/** A successful run deletes its row, whether it was requested again or not. */
	DELETE_IGNORES_NEXT,

	/** The first version of a fresh row is always the same. */
	VERSION_STARTS_AGAIN,

	/** A row that is revived keeps its version. */
	REVIVAL_KEEPS_VERSION,

	/** A run ends its row without a look at the version. */
	COMPLETION_IGNORES_VERSION,

	/** A cancellation deletes the row of a run. */
	CANCEL_DELETES_RUNNING,

	/**
	 * A failed run forgets that it was requested again, and is not tried again either.
	 */
	RETRY_DROPS_ROW

}
