package io.github.workqueue.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/**
 * Where producers leave items for a pool, without its lock: a Treiber stack linked
 * through the items, emptied as a whole. Each item knows how many lie below it, so the
 * size is one read.
 */
final class Inbox extends Padding {

	private static final VarHandle TOP;

	static {
		try {
			TOP = MethodHandles.lookup().findVarHandle(Inbox.class, "top", EngineWorkItem.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	@Racy("pushed by CAS, emptied by an atomic swap")
	private volatile @Nullable EngineWorkItem top;

	@SuppressWarnings("unused")
	@Confined("nobody; keeps what follows in memory away")
	private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15;

	boolean isEmpty() {
		return this.top == null;
	}

	/** The number of items; advisory. */
	int size() {
		EngineWorkItem first = this.top;
		return (first != null) ? first.inboxDepth : 0;
	}

	/**
	 * Adds an item that the caller owns. Orders like a full fence.
	 * @return true if the inbox was empty
	 */
	boolean push(EngineWorkItem item) {
		for (;;) {
			EngineWorkItem first = this.top;
			item.next = first;
			item.inboxDepth = (first != null) ? first.inboxDepth + 1 : 1;
			if (TOP.compareAndSet(this, first, item)) {
				return first == null;
			}
		}
	}

	/**
	 * Takes everything.
	 * @return the oldest item, linked to the newer ones through {@code next}, or null
	 */
	@Nullable EngineWorkItem takeAll() {
		if (this.top == null) {
			return null;
		}
		return reverse((EngineWorkItem) TOP.getAndSet(this, null));
	}

	private static @Nullable EngineWorkItem reverse(@Nullable EngineWorkItem newest) {
		EngineWorkItem result = null;
		for (EngineWorkItem item = newest; item != null;) {
			EngineWorkItem below = item.next;
			item.next = result;
			result = item;
			item = below;
		}
		return result;
	}

}
