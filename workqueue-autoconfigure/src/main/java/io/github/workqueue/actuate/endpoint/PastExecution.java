package io.github.workqueue.actuate.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * An execution that has ended.
 *
 * @param workqueue its queue
 * @param worker the thread
 * @param waitedNanos the time from enqueue to start
 * @param ranNanos the time that the handler took
 * @param endedAt when it ended, as a value of {@link System#nanoTime()}
 * @param error the type of what the handler threw, or null
 */
record PastExecution(String workqueue, String worker, long waitedNanos, long ranNanos, long endedAt,
		@Nullable String error) {
}
