package io.github.workqueue.engine;

import org.jspecify.annotations.Nullable;

/**
 * A FIFO list of work items, linked through the items: append, take and unlink are O(1)
 * and allocate nothing. An item is in one list at most and knows which. A list has no
 * lock: its owner says which lock protects it, and the links of the items in it.
 */
final class WorkList {

	@Confined("the holder of the owner's lock")
	private @Nullable EngineWorkItem head;

	@Confined("the holder of the owner's lock")
	private @Nullable EngineWorkItem tail;

	@Confined("the holder of the owner's lock")
	private int size;

	boolean isEmpty() {
		return this.head == null;
	}

	int size() {
		return this.size;
	}

	@Nullable EngineWorkItem first() {
		return this.head;
	}

	void append(EngineWorkItem item) {
		assert item.list == null : item.name() + " is in a list already";
		item.list = this;
		item.next = null;
		item.previous = this.tail;
		if (this.tail == null) {
			this.head = item;
		}
		else {
			this.tail.next = item;
		}
		this.tail = item;
		this.size++;
	}

	@Nullable EngineWorkItem poll() {
		EngineWorkItem first = this.head;
		if (first != null) {
			remove(first);
		}
		return first;
	}

	void remove(EngineWorkItem item) {
		assert item.list == this : item.name() + " is not in this list";
		EngineWorkItem before = item.previous;
		EngineWorkItem after = item.next;
		if (before == null) {
			this.head = after;
		}
		else {
			before.next = after;
		}
		if (after == null) {
			this.tail = before;
		}
		else {
			after.previous = before;
		}
		item.next = null;
		item.previous = null;
		item.list = null;
		this.size--;
	}

}
