package io.github.workqueue.durable;

import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The life of this instance as the others see it. A lease that was not renewed in time is
 * lost for good, with all that was claimed under it; the instance goes on under another
 * name. Thread-safe; one thread renews.
 * <p>
 * {@link #covers} errs on the safe side: it counts from before the renewal was sent, and
 * gives up one interval before the others may.
 */
final class Lease {

	private final DurableStore store;

	private final LongSupplier nanoTime;

	private final String prefix;

	private final Duration expiry;

	private final long safeNanos;

	private volatile @Nullable Beat last;

	/**
	 * Makes a lease that does not run yet.
	 * @param interval the time between two renewals
	 * @param missed how many may be missed; at least 4
	 */
	Lease(DurableStore store, LongSupplier nanoTime, String prefix, Duration interval, int missed) {
		this.store = store;
		this.nanoTime = nanoTime;
		this.prefix = prefix;
		this.expiry = interval.multipliedBy(missed);
		this.safeNanos = this.expiry.minus(interval).toNanos();
	}

	/** After which time without a renewal the others may take over. */
	Duration expiry() {
		return this.expiry;
	}

	/**
	 * Renews the lease, or begins another if it is lost.
	 * @return false if it was lost
	 */
	boolean renew() {
		Beat beat = this.last;
		long before = this.nanoTime.getAsLong();
		if (beat != null && this.store.beat(beat.name(), this.expiry)) {
			this.last = new Beat(beat.name(), before);
			return true;
		}
		String name = this.prefix + "-" + UUID.randomUUID();
		this.store.join(name);
		this.last = new Beat(name, before);
		return beat == null;
	}

	/** Returns the name to claim under, or null if there is none that surely lives. */
	@Nullable String name() {
		Beat beat = this.last;
		return (beat != null && isFresh(beat)) ? beat.name() : null;
	}

	/** Tells whether what was claimed under a name may be started. */
	boolean covers(String name) {
		return name.equals(name());
	}

	private boolean isFresh(Beat beat) {
		return this.nanoTime.getAsLong() - beat.nanos() < this.safeNanos;
	}

	/** Ends the lease; nothing may run under it any more. */
	void leave() {
		Beat beat = this.last;
		this.last = null;
		if (beat != null) {
			this.store.leave(beat.name());
		}
	}

	/**
	 * A renewal.
	 *
	 * @param name the name
	 * @param nanos when it was sent, at the latest
	 */
	private record Beat(String name, long nanos) {
	}

}
