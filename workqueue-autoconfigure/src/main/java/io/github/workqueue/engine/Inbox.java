package io.github.workqueue.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/**
 * Where producers leave items for a pool, without its lock: a ring that many push to and
 * one at a time empties.
 *
 * <h2>Positions</h2> A producer claims the next position by CAS and then fills its slot.
 * The consumer takes items in the order of their positions and stops at a slot that is
 * not filled. So an item is seen when it and all before it are there: a producer that is
 * cut off between its two steps keeps those behind it waiting, as one that holds the
 * kernel's pool lock would; who finds no room waits for it, so that each producer's items
 * stay in order. It is in a section of {@link Transit} meanwhile.
 *
 * <h2>Who was first</h2> The consumer publishes its position before it looks into a slot
 * the last time, and a producer fills its slot before it reads that position. So one of
 * two sees the other: the consumer the item, or the producer that it is
 * {@link Push#FIRST}. Whoever is told {@link Push#BEHIND} is behind an item that will be
 * taken with its own, or whose producer will be told that it is first.
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

	/** Items, filled in by producers and taken out by the consumer. */
	private final @Nullable Object[] ring;

	/** The position of the next item to take, at times an earlier one. */
	@Racy("written by the consumer, after it has emptied the slots before")
	private volatile long head;

	@Confined("the consumer")
	private long next;

	@SuppressWarnings("unused")
	@Confined("nobody; keeps what follows in memory away")
	private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15;

	@Racy("advanced by CAS: the next position to claim")
	private volatile long tail;

	@SuppressWarnings("unused")
	@Confined("nobody; keeps what follows in memory away")
	private long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

	/**
	 * Makes an empty inbox.
	 * @param length how many items it can hold, a power of two
	 */
	Inbox(int length) {
		this.ring = new Object[length];
	}

	/** Whether no item is seen. Exact for the consumer, advisory for others. */
	boolean isEmpty() {
		return slot(this.head) == null;
	}

	/** Whether there is no room; advisory. */
	boolean isFull() {
		return this.tail - this.head >= this.ring.length;
	}

	/** The number of items; advisory. */
	int size() {
		return (int) Math.max(0, this.tail - this.head);
	}

	/** Adds an item that the caller owns. Orders like a full fence, unless it is FULL. */
	Push push(EngineWorkItem item) {
		long at;
		do {
			at = this.tail;
			if (at - this.head >= this.ring.length) {
				return Push.FULL;
			}
		}
		while (!TAIL.compareAndSet(this, at, at + 1));
		SLOT.setVolatile(this.ring, index(at), item);
		return isFirst(at) ? Push.FIRST : Push.BEHIND;
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
		return take();
	}

	private @Nullable EngineWorkItem take() {
		EngineWorkItem item = slot(this.next);
		if (item != null) {
			SLOT.setOpaque(this.ring, index(this.next), null);
			this.next++;
		}
		return item;
	}

	private @Nullable EngineWorkItem slot(long position) {
		return (EngineWorkItem) SLOT.getVolatile(this.ring, index(position));
	}

	private int index(long position) {
		return (int) position & (this.ring.length - 1);
	}

}
