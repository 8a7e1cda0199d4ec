package io.github.workqueue.snapshot;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A pool that makes no progress.
 *
 * @param pool the pool's number
 * @param reason what is wrong, in a few words
 * @param workqueue the queue of the work, or null
 * @param work the work that has run longest there, or that has waited longest if none
 * runs, or null
 * @param worker the worker that runs it, or null
 * @param waiting the work that has waited longest, or null
 * @param lasted for how long there was no progress
 */
public record StallSnapshot(int pool, String reason, @Nullable String workqueue, @Nullable String work,
		@Nullable String worker, @Nullable String waiting, Duration lasted) {
}
