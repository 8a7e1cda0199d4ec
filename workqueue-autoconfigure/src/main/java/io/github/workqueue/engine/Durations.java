package io.github.workqueue.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * Durations as arguments.
 */
final class Durations {

	private Durations() {
	}

	/** The nanoseconds, cut to the greatest value, of a duration that is not negative. */
	static long nanos(String parameter, Duration duration) {
		if (Objects.requireNonNull(duration, () -> "'" + parameter + "' must not be null").isNegative()) {
			throw new IllegalArgumentException(
					"'" + parameter + "' is " + duration + "; it must not be negative, and zero means now");
		}
		return saturated(duration);
	}

	static long saturated(Duration duration) {
		try {
			return duration.toNanos();
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE;
		}
	}

}
