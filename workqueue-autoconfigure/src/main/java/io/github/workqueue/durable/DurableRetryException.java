package io.github.workqueue.durable;

import java.io.Serial;
import java.time.Duration;

/**
 * An attempt failed, and there is to be another.
 */
public class DurableRetryException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Duration delay;

	/**
	 * Creates the exception.
	 * @param delay the time until the next attempt; not negative
	 * @param cause why this one failed
	 */
	public DurableRetryException(Duration delay, Throwable cause) {
		super("the attempt failed, the next is in " + delay, cause);
		this.delay = delay;
	}

	/**
	 * Returns the time until the next attempt.
	 * @return the time
	 */
	public Duration delay() {
		return this.delay;
	}

}
