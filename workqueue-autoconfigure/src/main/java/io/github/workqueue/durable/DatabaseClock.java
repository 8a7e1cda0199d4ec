package io.github.workqueue.durable;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The database's time as this instance knows it: what the database said last, and what
 * has passed since by a clock that never jumps. Thread-safe.
 */
final class DatabaseClock {

	private final LongSupplier nanoTime;

	private volatile Reading reading;

	/**
	 * Makes the clock; until it is set, it follows that of the JVM.
	 */
	DatabaseClock(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.reading = new Reading(OffsetDateTime.now(ZoneOffset.UTC), nanoTime.getAsLong());
	}

	/** Sets it to what the database says. */
	void set(OffsetDateTime time) {
		this.reading = new Reading(time, this.nanoTime.getAsLong());
	}

	OffsetDateTime now() {
		Reading reading = this.reading;
		return reading.time()
			.plusNanos(this.nanoTime.getAsLong() - reading.nanos())
			.truncatedTo(ChronoUnit.MICROS)
			.withOffsetSameInstant(ZoneOffset.UTC);
	}

	private record Reading(OffsetDateTime time, long nanos) {
	}

}
