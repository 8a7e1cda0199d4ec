package io.github.workqueue.snapshot;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A worker that executes something.
 *
 * @param worker the thread's name without description
 * @param workqueue the queue of the item
 * @param work the item's name
 * @param age how long it has run; as exact as {@link WorkSnapshot#age()}
 * @param description what the handler called itself, or null
 * @param state what the thread does
 * @param stack the thread's stack, innermost frame first
 */
public record WorkerSnapshot(String worker, String workqueue, String work, Duration age, @Nullable String description,
		State state, List<StackTraceElement> stack) {

	/** Copies the stack. */
	public WorkerSnapshot {
		stack = List.copyOf(stack);
	}

	/** What a busy worker does. */
	public enum State {

		/** It runs, or wants to. */
		RUNNING,

		/** It sleeps. */
		BLOCKED,

		/** It runs and does not hold back others. */
		CPU_INTENSIVE

	}

}
