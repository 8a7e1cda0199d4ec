package io.github.workqueue.durable;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A run that this instance has claimed.
 *
 * @param id whose run it is
 * @param queue the name of the queue that accepted it, for reports
 * @param version what its end must know, and the fencing token of the run
 * @param attempt which attempt it is, from 1
 * @param argument the latest argument as JSON, if it is not the key; else null
 * @param lease the lease under which it was claimed
 * @param overdue how long it had been due then
 */
public record DurableClaim(WorkId id, String queue, long version, int attempt, @Nullable String argument, String lease,
		Duration overdue) {
}
