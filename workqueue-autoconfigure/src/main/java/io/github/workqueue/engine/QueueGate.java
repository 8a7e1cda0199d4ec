package io.github.workqueue.engine;

import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.workqueue.WorkRejectedException;

/**
 * Who may queue on a queue now ({@code __WQ_DRAINING}, {@code __WQ_DESTROYING},
 * {@code is_chained_work}).
 *
 * <pre>
 *   OPEN     -> DRAINING   the first drain begins
 *   DRAINING -> OPEN       the last drain has ended
 *   any      -> CLOSING    the engine closes
 *   any      -> DESTROYED  the queue is destroyed or the engine closed; for good
 * </pre>
 *
 * Whoever queues looks within its section of the engine's {@link Transit}, before it
 * takes the item. Whoever closes the gate then waits for the sections that began before:
 * afterwards every item that was let in is to be found, and later requests see the gate
 * closed.
 */
final class QueueGate {

	/** Who may queue. */
	enum State {

		/** Everybody. */
		OPEN,

		/** Workers that execute an item of this queue, and due timers. */
		DRAINING,

		/** All workers of the engine, and due timers. */
		CLOSING,

		/** Nobody. */
		DESTROYED

	}

	private final EngineWorkqueue queue;

	private final ReentrantLock lock = new ReentrantLock();

	@Racy("written under the lock; read by every request")
	private volatile State state = State.OPEN;

	@GuardedBy("lock")
	private int drainers;

	QueueGate(EngineWorkqueue queue) {
		this.queue = queue;
	}

	State state() {
		return this.state;
	}

	boolean isDestroyed() {
		return this.state == State.DESTROYED;
	}

	/** Whether the calling thread may queue. */
	boolean admits() {
		State state = this.state;
		return state == State.OPEN || isChained(state);
	}

	/**
	 * Checks a request.
	 * @throws WorkRejectedException if the calling thread may not queue
	 */
	void check(EngineWorkItem item) {
		if (!admits()) {
			throw rejection(item);
		}
	}

	WorkRejectedException rejection(EngineWorkItem item) {
		String reason = isDestroyed() ? "DESTROYED" : "DRAINING";
		return new WorkRejectedException(item.name(), this.queue.name(), reason);
	}

	private boolean isChained(State state) {
		Worker worker = Worker.current();
		QueueLink link = (worker != null) ? worker.currentLink() : null;
		return link != null && switch (state) {
			case DRAINING -> link.queue == this.queue;
			case CLOSING -> link.queue.engine == this.queue.engine;
			case OPEN, DESTROYED -> false;
		};
	}

	/** Returns false if the queue is destroyed; else {@link #endDrain} must follow. */
	boolean beginDrain() {
		this.lock.lock();
		try {
			if (this.state == State.DESTROYED) {
				return false;
			}
			this.drainers++;
			if (this.state == State.OPEN) {
				this.state = State.DRAINING;
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	void endDrain() {
		this.lock.lock();
		try {
			this.drainers--;
			if (this.drainers == 0 && this.state == State.DRAINING) {
				this.state = State.OPEN;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether this call changed the state; it never opens the gate. */
	boolean close(State to) {
		this.lock.lock();
		try {
			if (this.state.compareTo(to) >= 0) {
				return false;
			}
			this.state = to;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
