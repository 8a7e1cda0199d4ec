package io.github.workqueue.durable;

import java.time.OffsetDateTime;

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
 * @param due when it was due, by the database's clock
 */
public record DurableClaim(WorkId id, String queue, long version, int attempt, @Nullable String argument, String lease,
		OffsetDateTime due) {
}
