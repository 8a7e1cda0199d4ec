package io.github.workqueue.snapshot;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A work of a queue.
 * <p>
 * An age is exact while the engine has a listener, which it has wherever there is a meter
 * registry, or while Flight Recorder records executions; but no work is shown older than
 * the one before it. Else it may be up to about 10 ms too long, never too short: the
 * clock is not read for every item of a busy queue.
 *
 * @param work its name
 * @param state where it is
 * @param age how long it has been there; null for DELAYED, and for PARKED until it is due
 * @param dueIn the time until its timer is due, not negative; for DELAYED only, and for
 * PARKED until then
 * @param worker the worker's name; for RUNNING only
 * @param blocked whether the worker sleeps; for RUNNING only
 * @param stack the worker's stack, innermost frame first; for RUNNING only
 * @param key the key of keyed work, or null
 */
public record WorkSnapshot(String work, State state, @Nullable Duration age, @Nullable Duration dueIn,
		@Nullable String worker, @Nullable Boolean blocked, List<StackTraceElement> stack, @Nullable Object key) {

	/** Copies the stack. */
	public WorkSnapshot {
		stack = List.copyOf(stack);
	}

	/** Where a work is. */
	public enum State {

		/** Its handler runs. */
		RUNNING,

		/** It waits for a slot or a worker. */
		PENDING,

		/** Its timer is armed. */
		DELAYED,

		/** It is stored, and cannot be run by this instance. */
		PARKED

	}

}
