package io.github.workqueue.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The state word of a work item and its transitions.
 *
 * <pre>
 * Layout
 *   bit  0      PENDING   an instance is accepted and its handler not yet called
 *   bits 1-2    place     where the pending instance is: TRANSIT, TIMER, QUEUED
 *   bit  3      RETIRED   the item of a key was dropped; it is never used again
 *   bits 4-19   depth     disables minus enables
 *   bits 20-31  turn      counts executions, so that an old word is not taken for a new one
 *   bits 32-62  pool      1 + the id of the pool it was last queued on, 0 for none
 *
 * Transitions
 *   idle    -> TRANSIT    take: a request, by CAS; only at depth 0 and not RETIRED, or
 *                         with the last enable
 *   TRANSIT -> TIMER      arm: by the owner, under the timer lock
 *   TRANSIT -> QUEUED     enqueue: by the owner, before it pushes the item
 *   TRANSIT -> idle       give back: by the owner, the depth may change with it
 *   TIMER   -> TRANSIT    steal or expiry, under the timer lock
 *   TIMER   -> idle       cancel, under the timer lock; the depth may change with it
 *   QUEUED  -> TRANSIT    steal, under the lock of its pool
 *   QUEUED  -> idle       start, under the lock of its pool
 *   idle    -> idle       the depth changes, by CAS
 *   idle    -> RETIRED    retire, by CAS; only at depth 0 and if no execution began since
 * </pre>
 *
 * So while PENDING is set there is one writer: the thread that made it TRANSIT, or the
 * holder of the lock of its place. The depth is above zero only while PENDING is clear.
 * {@link Transit} says how long an item is TRANSIT, or QUEUED and not yet pushed.
 * <p>
 * Kernel: {@code work->data}, {@code set_work_pool_and_clear_pending},
 * {@code try_to_grab_pending}. There the word of a queued item holds the pwq; here that
 * is a field of its own, and the pool id is always in the word.
 */
abstract class WorkState {

	static final int MAX_DEPTH = 0xFFFF;

	private static final long PENDING = 1L;

	private static final long PLACE = 0b110L;

	private static final long TIMER = 0b010L;

	private static final long QUEUED = 0b100L;

	private static final long RETIRED = 0b1000L;

	private static final int DEPTH_SHIFT = 4;

	private static final long ONE_DEPTH = 1L << DEPTH_SHIFT;

	private static final long DEPTH = (long) MAX_DEPTH << DEPTH_SHIFT;

	private static final long ONE_TURN = 1L << 20;

	private static final long TURN = 0xFFFL << 20;

	private static final int POOL_SHIFT = 32;

	private static final long POOL = ~0L << POOL_SHIFT;

	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(WorkState.class, "state", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** What became of an attempt to take an item. */
	enum Take {

		TAKEN, PENDING, DISABLED, RETIRED

	}

	@Racy("layout and writers above")
	private volatile long state;

	static boolean isPending(long word) {
		return (word & PENDING) != 0;
	}

	static boolean isArmed(long word) {
		return (word & (PENDING | PLACE)) == (PENDING | TIMER);
	}

	static boolean isQueued(long word) {
		return (word & (PENDING | PLACE)) == (PENDING | QUEUED);
	}

	static boolean isRetired(long word) {
		return (word & RETIRED) != 0;
	}

	static int depth(long word) {
		return (int) ((word & DEPTH) >>> DEPTH_SHIFT);
	}

	/** The pool of a queued item. */
	static int pool(long word) {
		return (int) (word >>> POOL_SHIFT) - 1;
	}

	final long word() {
		return this.state;
	}

	/**
	 * What {@link #tryTake} would say now: TAKEN if the item is idle. Orders the other
	 * answers as that does.
	 */
	final Take look() {
		if ((this.state & (PENDING | DEPTH | RETIRED)) == 0) {
			return Take.TAKEN;
		}
		VarHandle.fullFence();
		long word = this.state;
		return ((word & (PENDING | DEPTH | RETIRED)) == 0) ? Take.TAKEN : refusal(word);
	}

	/**
	 * Makes an idle item TRANSIT, owned by the caller.
	 * <p>
	 * What the caller wrote before is visible to the execution that follows, on the false
	 * paths too: the fence orders those writes before the read of PENDING, and
	 * {@link #start} orders the clearing of PENDING before the handler's reads, so either
	 * the handler sees the writes or this call sees PENDING clear.
	 */
	final Take tryTake() {
		long first = this.state;
		if ((first & (PENDING | DEPTH | RETIRED)) == 0 && STATE.compareAndSet(this, first, first | PENDING)) {
			return Take.TAKEN;
		}
		VarHandle.fullFence();
		for (;;) {
			long word = this.state;
			if ((word & (PENDING | DEPTH | RETIRED)) != 0) {
				return refusal(word);
			}
			if (STATE.compareAndSet(this, word, word | PENDING)) {
				return Take.TAKEN;
			}
		}
	}

	private static Take refusal(long word) {
		if ((word & PENDING) != 0) {
			return Take.PENDING;
		}
		return ((word & RETIRED) != 0) ? Take.RETIRED : Take.DISABLED;
	}

	/** TRANSIT to TIMER. The caller owns the item and holds the timer lock. */
	final void arm() {
		long word = this.state;
		assert (word & (PENDING | PLACE)) == PENDING;
		STATE.setRelease(this, word | TIMER);
	}

	/** TRANSIT to QUEUED. The caller owns the item and pushes it afterwards. */
	final void enqueue(int pool) {
		long word = this.state;
		assert (word & (PENDING | PLACE)) == PENDING;
		STATE.setRelease(this, (word & ~POOL) | QUEUED | ((pool + 1L) << POOL_SHIFT));
	}

	/** TIMER or QUEUED to TRANSIT. The caller holds the lock of the place. */
	final void steal() {
		long word = this.state;
		assert (word & PENDING) != 0 && (word & PLACE) != 0;
		STATE.setVolatile(this, word & ~PLACE);
	}

	/** QUEUED to idle. The caller holds the lock of the pool and calls the handler. */
	final void start() {
		long word = this.state;
		assert isQueued(word);
		long turn = (word + ONE_TURN) & TURN;
		STATE.setRelease(this, (word & ~(PENDING | PLACE | TURN)) | turn);
		VarHandle.fullFence(); // pairs with those of look() and tryTake()
	}

	/** TRANSIT or TIMER to idle. The caller owns the item, or holds the timer lock. */
	final void giveBack() {
		long word = this.state;
		assert isPending(word) && !isQueued(word);
		STATE.setVolatile(this, word & ~(PENDING | PLACE));
	}

	/**
	 * Adds one to the depth of an idle item.
	 * @return false if the item is pending: the caller removes that instance first
	 * @throws IllegalStateException at the greatest depth
	 */
	final boolean tryDisableIdle(String name) {
		for (;;) {
			long word = this.state;
			if ((word & PENDING) != 0) {
				return false;
			}
			if (depth(word) == MAX_DEPTH) {
				throw new IllegalStateException("work '" + name + "' is disabled " + MAX_DEPTH
						+ " times, which is the most; call enable() once for every disable()");
			}
			if (STATE.compareAndSet(this, word, word + ONE_DEPTH)) {
				return true;
			}
		}
	}

	/** As {@link #giveBack}, to depth 1. */
	final void giveBackDisabled() {
		long word = this.state;
		assert isPending(word) && !isQueued(word) && depth(word) == 0;
		STATE.setVolatile(this, (word & ~(PENDING | PLACE)) + ONE_DEPTH);
	}

	/**
	 * Takes one from the depth.
	 * @return the depth afterwards
	 * @throws IllegalStateException at depth 0
	 */
	final int enableOnce(String name) {
		for (;;) {
			long word = this.state;
			if (depth(word) == 0) {
				throw notDisabled(name);
			}
			if (STATE.compareAndSet(this, word, word - ONE_DEPTH)) {
				return depth(word) - 1;
			}
		}
	}

	/**
	 * Takes one from the depth and, if that is the last, makes the item TRANSIT, owned by
	 * the caller, unless it is RETIRED.
	 * @param word the state word, which tells the caller whether it is the last
	 * @return false if the word has changed since
	 * @throws IllegalStateException at depth 0
	 */
	final boolean tryEnableAndTake(long word, String name) {
		if (depth(word) == 0) {
			throw notDisabled(name);
		}
		long taken = isLastDepth(word) ? PENDING : 0;
		return STATE.compareAndSet(this, word, (word - ONE_DEPTH) | taken);
	}

	/** Whether the item is usable once it is enabled once more. */
	static boolean isLastDepth(long word) {
		return depth(word) == 1 && !isRetired(word);
	}

	private static IllegalStateException notDisabled(String name) {
		return new IllegalStateException(
				"work '" + name + "' is not disabled; call enable() only once for every disable()");
	}

	/**
	 * Makes an idle, enabled item unusable.
	 * @param word the state word, read before the caller saw that the item does not run
	 * @return false if it is pending, disabled or retired, or was taken since
	 */
	final boolean tryRetire(long word) {
		return (word & (PENDING | DEPTH | RETIRED)) == 0 && STATE.compareAndSet(this, word, word | RETIRED);
	}

}
