package io.github.workqueue.snapshot;

/**
 * What the database says of a durable queue: committed rows that it accepted, on all
 * instances together.
 *
 * @param pending those that are due and have not been claimed, and those that were
 * claimed here and have not started
 * @param delayed those that are due later
 * @param parked those that this instance cannot run, since it has no handler of that name
 * or cannot read the key; they are in no other number
 */
public record DurableSnapshot(long pending, long delayed, long parked) {
}
