package io.github.workqueue.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * A caller that waits: for executions and instances, or for a queue to be empty.
 */
final class ModelWait {

	static final long FOREVER = Long.MAX_VALUE;

	/** What the call returns when its wait is over. */
	private final String result;

	/** What the call returns if its time runs out. */
	private final String late;

	private final long deadline;

	/** The queue that must become empty, if any. */
	final @Nullable ModelQueue empties;

	/** What the end of the wait changes. */
	private final Runnable atEnd;

	/** What a time-out or an interrupt changes. */
	private final Runnable atFailure;

	/** How many ends are still waited for. */
	private int remaining;

	private @Nullable String outcome;

	ModelWait(String result, String late, long deadline, @Nullable ModelQueue empties, Runnable atEnd,
			Runnable atFailure) {
		this.result = result;
		this.late = late;
		this.deadline = deadline;
		this.empties = empties;
		this.atEnd = atEnd;
		this.atFailure = atFailure;
	}

	/** One more end is waited for. */
	void expect() {
		this.remaining++;
	}

	/** One end has come. */
	void reached() {
		this.remaining--;
	}

	boolean isReached() {
		return this.remaining == 0 && (this.empties == null || this.empties.isEmpty());
	}

	void finish() {
		this.outcome = this.result;
		this.atEnd.run();
	}

	boolean isLate(long now) {
		return now >= this.deadline;
	}

	void timeOut() {
		this.outcome = this.late;
		this.atFailure.run();
	}

	void interrupt() {
		this.outcome = "interrupted";
		this.atFailure.run();
	}

	/** What the call has returned; null while it waits. */
	@Nullable String outcome() {
		return this.outcome;
	}

}
