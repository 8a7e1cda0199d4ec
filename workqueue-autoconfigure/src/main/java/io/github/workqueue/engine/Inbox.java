package io.github.workqueue.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Where producers leave items for a pool, without its lock: a ring that many push to and
 * one at a time empties.
 *
 * <h2>Slots</h2> A slot holds an item, or says in which lap it takes the next one:
 *
 * <pre>
 *   Lap(n) -> item       push, by CAS, of position n * length + index
 *   item   -> Lap(n + 1) poll, by the consumer
 * </pre>
 *
 * A producer goes from a position before the first free one to that, so the slots are
 * filled in order and without gaps: an item is there for the consumer as soon as its
 * producer's CAS has succeeded. (A producer that claimed a position first and filled it
 * later would hide the items of others behind it, from a flush too.) Every lap has an
 * object of its own: a producer that was cut off for long compares with one that no slot
 * holds any more.
 *
 * <h2>Who was first</h2> The consumer publishes its position before it looks into a slot
 * the last time, and a producer pushes before it reads that position. So one of the two
 * sees the other: the consumer the item, or the producer that it is {@link Push#FIRST}.
 * <p>
 * Kernel: none, its producers hold the pool's lock. No link goes through the items,
 * because the garbage collector notes each one that is written into an old object; in
 * items that lie scattered this costs many times the rest of the request.
 */
final class Inbox extends Padding {

	/** What became of a push. */
	enum Push {

		/** Nothing was there before, as far as the consumer has told. */
		FIRST,

		/** An item was there before that nobody had taken. */
		BEHIND,

		/** There is no room; nothing was done. */
		FULL

	}

	/** What a free slot holds: the how manieth round the next item belongs to. */
	private record Lap(long number) {
	}

	private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

	private static final VarHandle TAIL;

	static {
		try {
			TAIL = MethodHandles.lookup().findVarHandle(Inbox.class, "tail", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final Object[] ring;

	/** The position of the next item to take, at times an earlier one. */
	@Racy("written by the consumer, after it has emptied the slots before")
	private volatile long head;

	@Confined("the consumer")
	private long next;

	/** What the slots of this lap hold when their items are taken. */
	@Confined("the consumer")
	private Lap following = new Lap(1);

	@SuppressWarnings("unused")
	@Confined("padding, touched by nobody: keeps what follows in memory away")
	private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15;

	/** A position before which all slots are filled, or were. */
	@Racy("written by producers after each push, in any order")
	private long tail;

	@SuppressWarnings("unused")
	@Confined("padding, touched by nobody: keeps what follows in memory away")
	private long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

	/**
	 * Makes an empty inbox.
	 * @param length how many items it can hold, a power of two
	 */
	Inbox(int length) {
		this.ring = new Object[length];
		Arrays.fill(this.ring, new Lap(0));
	}

	/** Whether nothing is there. Exact for the consumer, advisory for others. */
	boolean isEmpty() {
		return !(slot(this.head) instanceof EngineWorkItem);
	}

	/** The number of items; advisory. */
	int size() {
		return (int) Math.max(0, (long) TAIL.getOpaque(this) - this.head);
	}

	/** Adds an item that the caller owns. Orders like a full fence, unless it is FULL. */
	Push push(EngineWorkItem item) {
		long at = Math.max((long) TAIL.getOpaque(this), this.head);
		while (at - this.head < this.ring.length) {
			if (!(slot(at) instanceof Lap lap)) {
				at++;
			}
			else if (!isFree(lap, at)) {
				at = Math.max(at + 1, this.head);
			}
			else if (SLOT.compareAndSet(this.ring, index(at), lap, item)) {
				TAIL.setOpaque(this, at + 1);
				return isFirst(at) ? Push.FIRST : Push.BEHIND;
			}
		}
		return Push.FULL;
	}

	/** Whether a slot waits for the item of this position, not for a later one. */
	private boolean isFree(Lap lap, long position) {
		return lap.number == lap(position);
	}

	/** Whether the consumer is known to have taken everything before. */
	private boolean isFirst(long position) {
		return this.head >= position;
	}

	/** Takes the oldest item, or returns null. One thread at a time: the consumer. */
	@Nullable EngineWorkItem poll() {
		EngineWorkItem item = take();
		return (item != null || this.head == this.next) ? item : lookAgain();
	}

	/** Tells producers how far it is, and looks for those who did not know. */
	private @Nullable EngineWorkItem lookAgain() {
		this.head = this.next;
		// who pushed before it could read the new head believes that it was not the first
		return take();
	}

	private @Nullable EngineWorkItem take() {
		if (!(slot(this.next) instanceof EngineWorkItem item)) {
			return null;
		}
		SLOT.setRelease(this.ring, index(this.next), this.following);
		this.next++;
		if (index(this.next) == 0) {
			this.following = new Lap(lap(this.next) + 1);
		}
		return item;
	}

	private Object slot(long position) {
		return SLOT.getVolatile(this.ring, index(position));
	}

	private int index(long position) {
		return (int) position & (this.ring.length - 1);
	}

	private long lap(long position) {
		return position / this.ring.length;
	}

}
