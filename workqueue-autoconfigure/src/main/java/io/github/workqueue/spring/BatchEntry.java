package io.github.workqueue.spring;

/**
 * A key of a batch handler that is pending or running. Guarded by the lock of its
 * {@link BatchKeys}.
 */
final class BatchEntry {

	final Object key;

	/** The latest argument. */
	Object argument;

	/** When the key is due. */
	long dueAt;

	/** How far requests may postpone it. */
	final long limitAt;

	/** Whether a batch takes the key before it is due: it only waits for company. */
	boolean joins;

	/** How many attempts with this entry have ended. */
	int attempts;

	BatchEntry(Object key, Object argument, long dueAt, long limitAt, boolean joins) {
		this.key = key;
		this.argument = argument;
		this.dueAt = dueAt;
		this.limitAt = limitAt;
		this.joins = joins;
	}

}
