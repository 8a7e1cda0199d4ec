package io.github.workqueue.durable;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How far back a claim looks. What was ended stays in the index for as long as some
 * transaction of the database might still read it, and rows of works that are not asked
 * for stay there anyway; a claim that began with the oldest would pass over all of them,
 * each time. So it begins a little before the oldest row that the last claim of the same
 * works found. In a twentieth of the time it looks at everything, which finds what was
 * committed late, given back, or locked. Used by the polling thread.
 */
final class ClaimWindow {

	/** Longer than most transactions take from their request to their end. */
	static final Duration SLACK = Duration.ofSeconds(1);

	/** Before anything that can be due. */
	static final Duration EVERYTHING = Duration.ofDays(200 * 365);

	private static final int MOST = 100;

	private final LongSupplier nanoTime;

	/** By the works that are asked for: each choice of them has an oldest row. */
	private final Map<Set<String>, Window> windows = new HashMap<>();

	private Duration unseen = Duration.ZERO;

	ClaimWindow(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Claims.
	 * @param claim claims what has become due no longer ago than it is given
	 */
	List<DurableClaim> look(Collection<String> works, Function<Duration, List<DurableClaim>> claim) {
		Set<String> key = Set.copyOf(works);
		Window last = this.windows.getOrDefault(key, Window.NONE);
		long start = this.nanoTime.getAsLong();
		boolean all = last.rest().isOver(start);
		List<DurableClaim> claims = claim.apply(all ? EVERYTHING : Duration.ofNanos(start - last.from()));
		long from = start - oldest(claims).plus(SLACK).toNanos();
		if (this.windows.size() >= MOST) {
			this.windows.clear();
		}
		this.unseen = all ? Duration.ZERO : last.rest().left(start);
		this.windows.put(key, all ? new Window(from, Rest.after(start, this.nanoTime.getAsLong()))
				: last.after(from, claims.isEmpty()));
		return claims;
	}

	/** When the next look sees what the last one did not; zero if it saw everything. */
	Duration unseen() {
		return this.unseen;
	}

	private static Duration oldest(List<DurableClaim> claims) {
		return claims.stream().map(DurableClaim::overdue).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
	}

	/**
	 * Where the next claim begins.
	 *
	 * @param from the time from which on rows are looked at, by the clock of this JVM
	 * @param rest until then not everything is looked at
	 */
	private record Window(long from, Rest rest) {

		static final Window NONE = new Window(0, Rest.NONE);

		Window after(long from, boolean empty) {
			return (empty || from - this.from < 0) ? this : new Window(from, this.rest);
		}

	}

}
