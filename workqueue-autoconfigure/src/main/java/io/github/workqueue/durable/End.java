package io.github.workqueue.durable;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the end of a run is to do to its row.
 *
 * @param write whether anything is to be written
 * @param retry the time until the next attempt; null if there is to be none
 */
record End(boolean write, @Nullable Duration retry) {

	static final End NONE = new End(false, null);

	static final End SUCCESS = new End(true, null);

	static End retry(Duration delay) {
		return new End(true, delay);
	}

	Ended apply(DurableStore store, DurableClaim claim) {
		return (this.retry != null) ? store.retry(claim, this.retry) : store.succeed(claim);
	}

	/** Wakes when the next attempt is due. */
	void wakeLater(Later later) {
		if (this.retry != null) {
			later.wakeIn(this.retry);
		}
	}

}
