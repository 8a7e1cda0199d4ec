package io.github.workqueue.durable;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * All rows, counted when somebody asks. Once that takes long it is done in a twentieth of
 * the time at most, and answers are as old as that needs. Thread-safe; threads that ask
 * at the same time may both count.
 */
final class Counts {

	/** Shorter than this is no burden for a database. */
	static final Duration LONG = Duration.ofMillis(200);

	private final Supplier<List<DurableCount>> database;

	private final LongSupplier nanoTime;

	private volatile @Nullable Reading last;

	Counts(Supplier<List<DurableCount>> database, LongSupplier nanoTime) {
		this.database = database;
		this.nanoTime = nanoTime;
	}

	List<DurableCount> get() {
		Reading last = this.last;
		long start = this.nanoTime.getAsLong();
		if (last != null && !last.rest().isOver(start)) {
			return last.counts();
		}
		List<DurableCount> counts = this.database.get();
		long end = this.nanoTime.getAsLong();
		this.last = new Reading(counts, (end - start > LONG.toNanos()) ? Rest.after(start, end) : Rest.NONE);
		return counts;
	}

	/**
	 * An answer.
	 *
	 * @param counts the counts
	 * @param rest for how long they are good enough
	 */
	private record Reading(List<DurableCount> counts, Rest rest) {
	}

}
