package io.github.workqueue;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Workqueues#alloc(WorkqueueSpec)} makes: a name, flags as given and limits.
 * Immutable; each call returns a changed copy. Values are checked by {@code alloc}, the
 * name at once. <pre>{@code
 * WorkqueueSpec mails = WorkqueueSpec.named("mails")
 * 	.flags(WorkqueueFlag.UNBOUND)
 * 	.maxActive(8)
 * 	.maxPending(10_000, WhenFull.REJECT);
 * workqueues.alloc(mails);
 * }</pre>
 */
public final class WorkqueueSpec {

	/** The most items that a queue may let be active at once ({@code WQ_MAX_ACTIVE}). */
	public static final int MAX_ACTIVE = 2048;

	private final String name;

	private final boolean ordered;

	private final Set<WorkqueueFlag> flags;

	private final int maxActive;

	private final @Nullable Integer minActive;

	private final @Nullable Boolean virtualThreads;

	private final int maxPending;

	private final WhenFull whenFull;

	private final @Nullable Function<Workqueue, WorkqueueFacade> facade;

	private WorkqueueSpec(String name, boolean ordered, Set<WorkqueueFlag> flags, int maxActive,
			@Nullable Integer minActive, @Nullable Boolean virtualThreads, int maxPending, WhenFull whenFull,
			@Nullable Function<Workqueue, WorkqueueFacade> facade) {
		this.name = name;
		this.ordered = ordered;
		this.flags = flags;
		this.maxActive = maxActive;
		this.minActive = minActive;
		this.virtualThreads = virtualThreads;
		this.maxPending = maxPending;
		this.whenFull = whenFull;
		this.facade = facade;
	}

	/**
	 * Starts a specification.
	 * @param name the queue's name, not blank
	 * @return a specification without flags, with default limits
	 */
	public static WorkqueueSpec named(String name) {
		return start(name, false);
	}

	/**
	 * Starts the specification of an ordered queue.
	 * @param name the queue's name, not blank
	 * @return a specification without flags
	 */
	public static WorkqueueSpec ordered(String name) {
		return start(name, true);
	}

	private static WorkqueueSpec start(String name, boolean ordered) {
		return new WorkqueueSpec(Names.require("name", name), ordered, Set.of(), 0, null, null, 0, WhenFull.REJECT,
				null);
	}

	/**
	 * Replaces the flags.
	 * @param flags the flags
	 * @return a changed copy
	 */
	public WorkqueueSpec flags(WorkqueueFlag... flags) {
		Set<WorkqueueFlag> copy = EnumSet.noneOf(WorkqueueFlag.class);
		for (WorkqueueFlag flag : Objects.requireNonNull(flags, "'flags' must not be null")) {
			copy.add(Objects.requireNonNull(flag, "'flags' must not contain null"));
		}
		return new WorkqueueSpec(this.name, this.ordered, Collections.unmodifiableSet(copy), this.maxActive,
				this.minActive, this.virtualThreads, this.maxPending, this.whenFull, this.facade);
	}

	/**
	 * Replaces the upper limit of items that are active at once.
	 * @param maxActive 1 to 2048, or 0 for the default
	 * @return a changed copy
	 */
	public WorkqueueSpec maxActive(int maxActive) {
		return new WorkqueueSpec(this.name, this.ordered, this.flags, maxActive, this.minActive, this.virtualThreads,
				this.maxPending, this.whenFull, this.facade);
	}

	/**
	 * Replaces the lower limit of items that are active at once; unbound queues only.
	 * @param minActive 1 to {@code maxActive}
	 * @return a changed copy
	 */
	public WorkqueueSpec minActive(int minActive) {
		return new WorkqueueSpec(this.name, this.ordered, this.flags, this.maxActive, minActive, this.virtualThreads,
				this.maxPending, this.whenFull, this.facade);
	}

	/**
	 * Says whether items run on virtual threads: unbound queues on JDK 21 and later only,
	 * without effect elsewhere. Not called, the engine's setting holds.
	 * @param virtualThreads whether to use virtual threads
	 * @return a changed copy
	 */
	public WorkqueueSpec virtualThreads(boolean virtualThreads) {
		return new WorkqueueSpec(this.name, this.ordered, this.flags, this.maxActive, this.minActive, virtualThreads,
				this.maxPending, this.whenFull, this.facade);
	}

	/**
	 * Limits how many accepted items may wait to run. Due timers, retries and workers of
	 * the engine are accepted beyond it.
	 * @param maxPending the limit, or 0 for none
	 * @param whenFull what happens to a request beyond it
	 * @return a changed copy
	 */
	public WorkqueueSpec maxPending(int maxPending, WhenFull whenFull) {
		Objects.requireNonNull(whenFull, "'whenFull' must not be null");
		return new WorkqueueSpec(this.name, this.ordered, this.flags, this.maxActive, this.minActive,
				this.virtualThreads, maxPending, whenFull, this.facade);
	}

	/**
	 * For frameworks: says what stands before the queue for everybody who looks it up.
	 * @param facade called once with the engine's queue, by the thread that allocates it
	 * @return a changed copy
	 */
	public WorkqueueSpec facade(Function<Workqueue, WorkqueueFacade> facade) {
		Objects.requireNonNull(facade, "'facade' must not be null");
		return new WorkqueueSpec(this.name, this.ordered, this.flags, this.maxActive, this.minActive,
				this.virtualThreads, this.maxPending, this.whenFull, facade);
	}

	/**
	 * Returns the name.
	 * @return the name, not blank
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Tells whether the queue is ordered.
	 * @return true if it is
	 */
	public boolean isOrdered() {
		return this.ordered;
	}

	/**
	 * Returns the flags as given.
	 * @return the flags, unmodifiable
	 */
	public Set<WorkqueueFlag> flags() {
		return this.flags;
	}

	/**
	 * Returns the upper limit.
	 * @return the limit as given, 0 for the default
	 */
	public int maxActive() {
		return this.maxActive;
	}

	/**
	 * Returns the lower limit.
	 * @return the limit as given, or null for the default
	 */
	public @Nullable Integer minActive() {
		return this.minActive;
	}

	/**
	 * Tells whether virtual threads are asked for.
	 * @return as given, or null for the engine's setting
	 */
	public @Nullable Boolean virtualThreads() {
		return this.virtualThreads;
	}

	/**
	 * Returns how many items may wait.
	 * @return the limit, 0 for none
	 */
	public int maxPending() {
		return this.maxPending;
	}

	/**
	 * Returns what happens beyond {@link #maxPending()}.
	 * @return what happens
	 */
	public WhenFull whenFull() {
		return this.whenFull;
	}

	/**
	 * Returns what makes the queue's facade.
	 * @return the function, or null if the queue stands for itself
	 */
	public @Nullable Function<Workqueue, WorkqueueFacade> facade() {
		return this.facade;
	}

}
