package io.github.workqueue;

import org.jspecify.annotations.Nullable;

/**
 * Work that failed for good. <pre>{@code
 * String text = failure.work() + " failed " + failure.attempts() + " times: " + failure.cause();
 * }</pre>
 *
 * @param work the name of the work
 * @param queue the name of its queue
 * @param key the value by which requests were merged; null for a plain item and for a
 * batch
 * @param attempts how often it was tried
 * @param cause what the last attempt threw
 */
public record WorkFailure(String work, String queue, @Nullable Object key, int attempts, Throwable cause) {
}
