package io.github.workqueue.actuate.endpoint;

import java.lang.ref.WeakReference;

import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRetryException;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt. What was thrown is not kept alive.
 *
 * @param work the name of the work
 * @param workqueue the name of its queue
 * @param key the key, or null
 * @param attempt which attempt it was; null if nobody told
 * @param error the type of what was thrown
 * @param message its message, or null
 * @param at when, as a value of {@link System#nanoTime()}
 * @param retryAt when the next attempt is due, likewise; null if this was the last
 * @param thrown what was thrown
 * @param item what failed, if the engine told
 */
record PastFailure(String work, String workqueue, @Nullable Object key, @Nullable Integer attempt, String error,
		@Nullable String message, long at, @Nullable Long retryAt, WeakReference<Throwable> thrown,
		WeakReference<WorkItem> item) {

	/** What the engine told: complete if it is a retry that says what failed. */
	static PastFailure of(WorkItem item, String workqueue, Throwable thrown) {
		if (!(thrown instanceof WorkRetryException retry)) {
			return of(item.name(), workqueue, null, null, thrown, null, item);
		}
		Throwable cause = (retry.getCause() != null) ? retry.getCause() : retry;
		WorkFailure failure = retry.failure().orElse(null);
		return of(item.name(), workqueue, (failure != null) ? failure.key() : null,
				(failure != null) ? failure.attempts() : null, cause, System.nanoTime() + retry.delay().toNanos(),
				item);
	}

	/** What was reported after the last attempt. */
	static PastFailure of(WorkFailure failure) {
		return of(failure.work(), failure.queue(), failure.key(), failure.attempts(), failure.cause(), null, null);
	}

	private static PastFailure of(String work, String workqueue, @Nullable Object key, @Nullable Integer attempt,
			Throwable thrown, @Nullable Long retryAt, @Nullable WorkItem item) {
		return new PastFailure(work, workqueue, key, attempt, thrown.getClass().getName(), thrown.getMessage(),
				System.nanoTime(), retryAt, new WeakReference<>(thrown), new WeakReference<>(item));
	}

	/** When the next attempt is due; null if there is none, or it was cancelled. */
	@Nullable Long nextAttemptAt() {
		WorkItem failed = this.item.get();
		return (failed != null && failed.isPending()) ? this.retryAt : null;
	}

	/**
	 * Whether both tell of the same attempt: the engine passes on what was reported, or
	 * something that it caused.
	 */
	boolean isSameAs(PastFailure other) {
		Throwable one = this.thrown.get();
		Throwable two = other.thrown.get();
		return one != null && two != null && this.work.equals(other.work)
				&& (one == two || one.getCause() == two || two.getCause() == one);
	}

}
