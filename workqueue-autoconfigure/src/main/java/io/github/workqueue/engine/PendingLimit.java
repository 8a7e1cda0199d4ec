package io.github.workqueue.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkRejectedException;

/**
 * How many items of a queue wait to run, and what becomes of a request beyond the limit.
 * Timers that are due, retries and workers of the engine are let in all the same, so
 * nothing that was accepted is refused later and no worker ever waits here. No kernel
 * counterpart.
 */
final class PendingLimit {

	private final int max;

	private final WhenFull whenFull;

	private final AtomicInteger pending = new AtomicInteger();

	/** A leaf: taken under the lock of a pool, never around one. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	@GuardedBy("lock")
	private int waiting;

	@Racy("written under the lock; read without by who makes room")
	private volatile boolean hasWaiting;

	PendingLimit(int max, WhenFull whenFull) {
		this.max = max;
		this.whenFull = whenFull;
	}

	/**
	 * Makes room for a request, if the item can be taken at all.
	 * @return true if the request has its place
	 * @throws WorkRejectedException if there is none and the caller must not wait
	 */
	boolean acquire(EngineWorkItem item, EngineWorkqueue queue) {
		long word = item.word();
		if (WorkState.isPending(word) || WorkState.depth(word) > 0) {
			return false;
		}
		reserve(item, queue);
		return true;
	}

	/**
	 * Makes room for a request of an item that can be taken.
	 * @throws WorkRejectedException if there is none and the caller must not wait
	 */
	void reserve(EngineWorkItem item, EngineWorkqueue queue) {
		Worker worker = Worker.current();
		if (worker != null && worker.pool.engine == queue.engine) {
			enter();
		}
		else if (!tryEnter()) {
			if (this.whenFull == WhenFull.REJECT) {
				throw new WorkRejectedException(item.name(), queue.name(), "full: " + this.max + " works are pending");
			}
			awaitRoom(item, queue);
		}
	}

	private boolean tryEnter() {
		int now = this.pending.get();
		while (now < this.max) {
			if (this.pending.compareAndSet(now, now + 1)) {
				return true;
			}
			now = this.pending.get();
		}
		return false;
	}

	private void awaitRoom(EngineWorkItem item, EngineWorkqueue queue) {
		try {
			this.lock.lockInterruptibly();
			try {
				awaitRoomLocked();
			}
			finally {
				this.lock.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new WorkRejectedException(item.name(), queue.name(),
					"full: " + this.max + " works are pending, and the caller was interrupted");
		}
	}

	@GuardedBy("lock")
	private void awaitRoomLocked() throws InterruptedException {
		this.waiting++;
		this.hasWaiting = true;
		try {
			while (!tryEnter()) {
				this.room.await();
			}
		}
		finally {
			this.waiting--;
			this.hasWaiting = this.waiting > 0;
		}
	}

	/** An item comes in whether there is room or not. */
	void enter() {
		this.pending.incrementAndGet();
	}

	/** An item has started or was cancelled, or a request was refused after all. */
	void release() {
		this.pending.decrementAndGet();
		if (this.hasWaiting) {
			this.lock.lock();
			try {
				this.room.signal();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

}
