package io.github.workqueue.durable;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A request for a run of durable work. Immutable.
 *
 * @param id whose run is wanted
 * @param queue the name of the queue, for reports only
 * @param kind what it does to a run that is pending already
 * @param delay the time until the run is due; not negative
 * @param maxWait for {@link Kind#DEBOUNCE}: the longest wait since the request that made
 * the run pending; null for no limit
 * @param argument the argument as JSON, if it is not the key; else null
 */
public record DurableRequest(WorkId id, String queue, Kind kind, Duration delay, @Nullable Duration maxWait,
		@Nullable String argument) {

	/** The delay if nothing is pending: no longer than the limit. */
	Duration firstDelay() {
		return (this.maxWait != null && this.maxWait.compareTo(this.delay) < 0) ? this.maxWait : this.delay;
	}

	/**
	 * Makes one request of this and a later one, as if both had been sent in turn.
	 */
	DurableRequest merge(DurableRequest later) {
		boolean stays = later.kind == Kind.SCHEDULE;
		return new DurableRequest(this.id, later.queue, stays ? this.kind : later.kind,
				stays ? this.delay : later.delay, stays ? this.maxWait : later.maxWait, later.argument);
	}

	/**
	 * What a request does to a run that is pending already.
	 */
	public enum Kind {

		/** Leaves its time as it is. */
		SCHEDULE,

		/** Moves it. */
		MODIFY,

		/** Moves it, up to a limit. */
		DEBOUNCE

	}

}
