package io.github.workqueue.engine;

/**
 * How soon the monitor looks at a pool again: the longer a look finds nothing, the later;
 * soon where looks have lately found workers asleep, because the next one often sleeps as
 * early as the last. A pool that only computes is looked at once a millisecond, and less
 * often while one item burns CPU.
 * <p>
 * The relative is Go's {@code sysmon}, which starts at 20 us and doubles up to 10 ms;
 * there one pace holds for all.
 */
@Confined("the monitor")
final class LookPace {

	static final long FIRST_NANOS = 50_000;

	/**
	 * The longest pause while a counted worker is awake, and looks have found nothing.
	 */
	static final long LONGEST_NANOS = 1_000_000;

	/** The same as long as looks have lately found workers asleep. */
	static final long EAGER_NANOS = 200_000;

	/** The same when the worker burns CPU, and when nobody can be replaced. */
	static final long SLOW_NANOS = 10_000_000;

	/** How many looks follow each other as soon as the first, after one that found. */
	private static final int SOON = 4;

	/** By what part of itself the longest pause grows with each look in vain. */
	private static final int GROWTH = 16;

	private long pause = FIRST_NANOS;

	private long longest = LONGEST_NANOS;

	private int soon;

	/** Something begins to wait: the pause before the first look. */
	long begin(long first) {
		this.pause = first;
		return first;
	}

	/** The pause after a look that found somebody to replace. */
	long afterFind() {
		this.longest = EAGER_NANOS;
		this.soon = SOON;
		this.pause = FIRST_NANOS;
		return this.pause;
	}

	/**
	 * The pause after a look in vain.
	 * @param slow whether the worker burns CPU, or nobody can be replaced
	 */
	long afterNothing(boolean slow) {
		this.longest = Math.min(this.longest + this.longest / GROWTH, LONGEST_NANOS);
		if (this.soon > 0) {
			this.soon--;
		}
		else {
			this.pause = Math.min(this.pause * 2, slow ? SLOW_NANOS : this.longest);
		}
		return this.pause;
	}

	/** The pause before the look that ends the watch, if nothing waits then either. */
	long beforeEnd() {
		this.pause = FIRST_NANOS;
		return this.longest;
	}

}
