package io.github.workqueue.durable;

import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is done later: wake-ups for rows that become due, at most one a millisecond, and
 * ends of runs that could not be written. Thread-safe.
 */
final class Later {

	private static final long FIRST_MILLIS = 10;

	private static final long LAST_MILLIS = 1000;

	/** As many future wake-ups as are kept; what is due beyond is found by polling. */
	private static final int LIMIT = 10_000;

	private final ScheduledExecutorService timer;

	private final LongSupplier nanoTime;

	private final Runnable wake;

	private final ConcurrentSkipListSet<Long> times = new ConcurrentSkipListSet<>();

	Later(ScheduledExecutorService timer, LongSupplier nanoTime, Runnable wake) {
		this.timer = timer;
		this.nanoTime = nanoTime;
		this.wake = wake;
	}

	/** Wakes when a row becomes due. */
	void wakeIn(Duration delay) {
		if (delay.isZero()) {
			this.wake.run();
			return;
		}
		long millis = Math.min(delay.toMillis(), Duration.ofDays(1).toMillis()) + 1;
		long time = TimeUnit.NANOSECONDS.toMillis(this.nanoTime.getAsLong()) + millis;
		if (this.times.size() < LIMIT && this.times.add(time)) {
			schedule(() -> fire(time), millis);
		}
	}

	private void fire(long time) {
		this.times.remove(time);
		this.wake.run();
	}

	/**
	 * Does something again after a pause that grows.
	 * @return false if there is no later
	 */
	boolean again(int attempt, Runnable action) {
		return schedule(action, Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(attempt, 10)));
	}

	private boolean schedule(Runnable action, long millis) {
		try {
			this.timer.schedule(action, millis, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

}
