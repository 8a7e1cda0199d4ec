package io.github.workqueue.durable;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * From when on a claim looks for rows. What was ended stays in the index for as long as
 * some transaction of the database might still read it, and rows of works that are not
 * asked for stay there anyway; a claim that began with the oldest would pass over all of
 * them, each time. So it begins a little before the oldest row that the last claim of the
 * same works found. Now and then it looks at everything, which finds what was committed
 * late, given back, or locked: in a twentieth of the time, but at least every
 * {@link #LONGEST}.
 * <p>
 * Times are those of the database, since nobody knows how long a claim waits until it is
 * there; see {@link DatabaseClock}, which is never ahead of it. Used by the polling
 * thread.
 */
final class ClaimWindow {

	/** Longer than most transactions take from their request to their end. */
	static final Duration SLACK = Duration.ofSeconds(3);

	/** After which time everything is looked at, however long that takes. */
	static final Duration LONGEST = Duration.ofSeconds(20);

	/** Before anything that can be due. */
	static final OffsetDateTime EVERYTHING = OffsetDateTime.of(1971, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

	private static final int MOST = 100;

	private final LongSupplier nanoTime;

	private final Supplier<OffsetDateTime> databaseTime;

	/** By the works that are asked for: each choice of them has an oldest row. */
	private final Map<Set<String>, Window> windows = new HashMap<>();

	private Duration unseen = Duration.ZERO;

	ClaimWindow(LongSupplier nanoTime, Supplier<OffsetDateTime> databaseTime) {
		this.nanoTime = nanoTime;
		this.databaseTime = databaseTime;
	}

	/**
	 * Claims.
	 * @param claim claims what is due since the time that it is given
	 */
	List<DurableClaim> look(Collection<String> works, Function<OffsetDateTime, List<DurableClaim>> claim) {
		Set<String> key = Set.copyOf(works);
		Window last = this.windows.getOrDefault(key, Window.NONE);
		long start = this.nanoTime.getAsLong();
		OffsetDateTime now = this.databaseTime.get();
		boolean all = last.rest().isOver(start);
		List<DurableClaim> claims = claim.apply(all ? EVERYTHING : last.from());
		Optional<OffsetDateTime> oldest = oldest(claims);
		this.unseen = all ? Duration.ZERO : last.rest().left(start);
		if (this.windows.size() >= MOST) {
			this.windows.clear();
		}
		this.windows.put(key,
				all ? new Window(oldest.orElse(now).minus(SLACK),
						Rest.after(start, this.nanoTime.getAsLong()).atMost(LONGEST))
						: oldest.map(last::movedTo).orElse(last));
		return claims;
	}

	/** When the next look sees what the last one did not; zero if it saw everything. */
	Duration unseen() {
		return this.unseen;
	}

	private static Optional<OffsetDateTime> oldest(List<DurableClaim> claims) {
		return claims.stream().map(DurableClaim::due).min(Comparator.naturalOrder());
	}

	/**
	 * Where the next claim begins.
	 *
	 * @param from the time from which on rows are looked at
	 * @param rest until then not everything is looked at
	 */
	private record Window(OffsetDateTime from, Rest rest) {

		static final Window NONE = new Window(EVERYTHING, Rest.NONE);

		Window movedTo(OffsetDateTime oldest) {
			OffsetDateTime from = oldest.minus(SLACK);
			return from.isAfter(this.from) ? new Window(from, this.rest) : this;
		}

	}

}
