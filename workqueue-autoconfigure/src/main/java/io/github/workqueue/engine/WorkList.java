package io.github.workqueue.engine;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A FIFO list of work items in a ring that grows: append, take and remove are O(1), and
 * allocate nothing as long as the ring is large enough. An item is in one list at most,
 * and knows which and where. A list has no lock: its owner says which lock protects it,
 * and the places of the items in it.
 * <p>
 * Kernel: {@code list_head} within the item. Links from item to item are costly here: the
 * garbage collector notes each that it finds in an old object, and reads the object's
 * neighbourhood later. A ring is one object.
 */
@Confined("the holder of the owner's lock")
final class WorkList implements Iterable<EngineWorkItem> {

	/** The place of an item that is in no list; the first one of a ring is 1. */
	static final int NOWHERE = 0;

	private static final EngineWorkItem[] NO_RING = {};

	private static final int LEAST = 16;

	/** Of a power of two; null where an item was taken from the middle. */
	private @Nullable EngineWorkItem[] ring = NO_RING;

	/** The place of the first item, modulo the length of the ring. */
	private int head;

	/** The place behind the last item, modulo the length of the ring. */
	private int tail;

	private int size;

	/** The greatest size since the list was empty. */
	private int most;

	boolean isEmpty() {
		return this.size == 0;
	}

	int size() {
		return this.size;
	}

	/** How many items it can hold before it grows. */
	int capacity() {
		return this.ring.length;
	}

	@Nullable EngineWorkItem first() {
		return isEmpty() ? null : this.ring[index(this.head)];
	}

	void append(EngineWorkItem item) {
		assert item.place == NOWHERE : item.name() + " is in a list already";
		if (this.tail - this.head == this.ring.length) {
			makeRoom();
		}
		if (item.list != this) {
			item.list = this;
		}
		put(item);
		this.size++;
		this.most = Math.max(this.most, this.size);
	}

	private void put(EngineWorkItem item) {
		int index = index(this.tail++);
		this.ring[index] = item;
		item.place = index + 1;
	}

	private int index(int position) {
		return position & (this.ring.length - 1);
	}

	/** Closes gaps, in a ring of twice the length unless half of it are gaps. */
	private void makeRoom() {
		@Nullable EngineWorkItem[] full = this.ring;
		int first = this.head;
		int end = this.tail;
		boolean grows = this.size * 2 > full.length;
		this.ring = new EngineWorkItem[Math.max(LEAST, grows ? full.length * 2 : full.length)];
		this.head = 0;
		this.tail = 0;
		for (int i = first; i != end; i++) {
			EngineWorkItem item = full[i & (full.length - 1)];
			if (item != null) {
				put(item);
			}
		}
	}

	@Nullable EngineWorkItem poll() {
		EngineWorkItem first = first();
		if (first != null) {
			remove(first);
		}
		return first;
	}

	void remove(EngineWorkItem item) {
		assert item.list == this && item.place != NOWHERE : item.name() + " is not in this list";
		this.ring[item.place - 1] = null;
		item.place = NOWHERE;
		this.size--;
		if (this.size == 0) {
			emptied();
		}
		while (this.head != this.tail && this.ring[index(this.head)] == null) {
			this.head++;
		}
	}

	/** Gives back half of a ring of which the last filling has used a quarter at most. */
	private void emptied() {
		if (this.ring.length > LEAST && this.most <= this.ring.length / 4) {
			this.ring = new EngineWorkItem[this.ring.length / 2];
		}
		this.head = this.tail;
		this.most = 0;
	}

	/** Goes over the items in order; one that was given may be removed at once. */
	@Override
	public Iterator<EngineWorkItem> iterator() {
		return new Iterator<>() {

			@Confined("the holder of the owner's lock")
			private int next = WorkList.this.head;

			@Override
			public boolean hasNext() {
				while (this.next - WorkList.this.tail < 0 && WorkList.this.ring[index(this.next)] == null) {
					this.next++;
				}
				return this.next - WorkList.this.tail < 0;
			}

			@Override
			public EngineWorkItem next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				return Objects.requireNonNull(WorkList.this.ring[index(this.next++)]);
			}

		};
	}

}
