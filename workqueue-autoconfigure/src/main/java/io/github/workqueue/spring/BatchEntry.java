package io.github.workqueue.spring;

import org.jspecify.annotations.Nullable;

/**
 * A key of a batch handler that is pending or running. Guarded by the lock of its
 * {@link BatchKeys}.
 */
final class BatchEntry {

	final Object key;

	/** Shared with the batch that has taken this request over, if one has. */
	Arguments arguments = new Arguments();

	/** A request of the key was granted. */
	boolean accepted;

	Time time;

	/** What the request that made the key pending carries to the execution. */
	final @Nullable AcceptedRequest captured;

	/** How far requests may postpone it. */
	final long limitAt;

	/** How many attempts with this entry have ended. */
	int attempts;

	BatchEntry(Object key, @Nullable AcceptedRequest captured, long dueAt, long limitAt, boolean joins) {
		this.key = key;
		this.captured = captured;
		this.time = new Time(dueAt, joins);
		this.limitAt = limitAt;
	}

	/** Returns the time to which a request may postpone the key. */
	long limited(long dueAt) {
		return (dueAt - this.limitAt < 0) ? dueAt : this.limitAt;
	}

	/**
	 * When a key is to run.
	 *
	 * @param dueAt when it is due
	 * @param joins whether a batch takes it before: it only waits for company
	 */
	record Time(long dueAt, boolean joins) {
	}

}
