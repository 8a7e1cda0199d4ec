package io.github.workqueue.spring;

import java.time.Duration;
import java.util.Objects;

/**
 * Checks delays before a request is put off until the commit.
 */
final class Delays {

	private Delays() {
	}

	static Duration check(Duration delay) {
		Objects.requireNonNull(delay, "'delay' must not be null");
		if (delay.isNegative()) {
			throw new IllegalArgumentException("'delay' is " + delay + "; it must not be negative");
		}
		return delay;
	}

}
