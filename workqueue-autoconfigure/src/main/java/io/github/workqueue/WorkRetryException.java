package io.github.workqueue;

import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link ManagedHandler} that wants this execution to be tried again: the
 * engine counts it as failed and queues the work on its home queue after the delay,
 * unless it was queued meanwhile (then that is the next attempt) or is disabled.
 */
public class WorkRetryException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Duration delay;

	private final transient @Nullable WorkFailure failure;

	/**
	 * Creates the exception.
	 * @param delay the time until the next attempt, not negative
	 * @param cause why this attempt failed
	 */
	public WorkRetryException(Duration delay, Throwable cause) {
		this(delay, cause, null);
	}

	/**
	 * Creates the exception.
	 * @param delay the time until the next attempt, not negative
	 * @param failure what failed, and which attempt that was
	 */
	public WorkRetryException(Duration delay, WorkFailure failure) {
		this(delay, failure.cause(), failure);
	}

	private WorkRetryException(Duration delay, Throwable cause, @Nullable WorkFailure failure) {
		super("next attempt in " + delay, cause, false, false);
		this.delay = Objects.requireNonNull(delay, "'delay' must not be null");
		this.failure = failure;
	}

	/**
	 * Returns the time until the next attempt.
	 * @return the delay
	 */
	public Duration delay() {
		return this.delay;
	}

	/**
	 * Returns what failed.
	 * @return the failed attempt, if whoever threw this told
	 */
	public Optional<WorkFailure> failure() {
		return Optional.ofNullable(this.failure);
	}

}
