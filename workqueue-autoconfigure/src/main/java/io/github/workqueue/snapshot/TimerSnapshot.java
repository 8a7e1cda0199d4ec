package io.github.workqueue.snapshot;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An armed timer.
 *
 * @param workqueue the queue that will get the work
 * @param work the work's name
 * @param dueIn the time until then, not negative
 * @param key the key of keyed work, or null
 */
public record TimerSnapshot(String workqueue, String work, Duration dueIn, @Nullable Object key) {
}
