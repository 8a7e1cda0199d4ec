package io.github.workqueue.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The idle workers of a pool: the one that idled last is woken first, the one that idled
 * first ends first ({@code worker_enter_idle}, {@code idle_cull_fn}). A surplus worker
 * wakes itself when its time is over; nothing ticks.
 */
final class IdleWorkers {

	private final WorkerPool pool;

	/** Most recently idled first. */
	@PoolLocked
	private final Deque<Worker> workers = new ArrayDeque<>();

	@Racy("written under the pool's lock: the head of the list, for producers to wake")
	private volatile @Nullable Worker first;

	IdleWorkers(WorkerPool pool) {
		this.pool = pool;
	}

	/** The worker to wake, or null. Any thread. */
	@Nullable Worker first() {
		return this.first;
	}

	int size() {
		return this.workers.size();
	}

	List<Worker> all() {
		return List.copyOf(this.workers);
	}

	void enter(Worker worker, long now) {
		assert this.pool.lock.isHeldByCurrentThread();
		assert !worker.idle && !worker.isBusy() && worker.scheduled.isEmpty();
		worker.idle = true;
		worker.idleSince = now;
		this.workers.addFirst(worker);
		worker.clearWake();
		this.first = worker;
	}

	void leave(Worker worker) {
		assert this.pool.lock.isHeldByCurrentThread() && worker.idle;
		worker.idle = false;
		worker.clearWake();
		if (this.workers.peekFirst() == worker) {
			this.workers.pollFirst();
		}
		else {
			this.workers.remove(worker);
		}
		this.first = this.workers.peekFirst();
	}

	/**
	 * Parks the calling idle worker, for good or until the surplus must be looked at
	 * again. In a pool that does not count, this is where it lingers.
	 */
	void park(Worker worker) {
		for (int i = 0; worker.lingered && i < this.pool.tuning.spins(); i++) {
			if (worker.isWakeSent()) {
				return;
			}
			Thread.onSpinWait();
		}
		while (!worker.isWakeSent()) {
			// an interrupt that nobody takes would end every park at once
			Thread.interrupted();
			long nanos = cull(worker, this.pool.engine.time.nanoTime());
			parkUnlessWoken(worker, nanos);
		}
	}

	/**
	 * Looks at the flag once more: waiting for the lock may have used up the wake-up.
	 */
	private void parkUnlessWoken(Worker worker, long nanos) {
		if (worker.isWakeSent()) {
			return;
		}
		if (nanos == Long.MAX_VALUE) {
			LockSupport.park(this);
		}
		else if (nanos > 0) {
			this.pool.engine.time.parkNanos(this, nanos);
		}
	}

	/**
	 * Ends the worker that has idled longest, if that is too long and there are too many.
	 * @param caller has lingered in vain, if at all
	 * @return the time until it must be asked again, or the greatest value
	 */
	private long cull(Worker caller, long now) {
		this.pool.lock.lock();
		try {
			caller.lingered = false;
			int busy = this.pool.workers.size() - this.workers.size();
			Worker oldest = this.workers.peekLast();
			if (oldest == null || !PoolPolicy.tooManyWorkers(this.workers.size(), busy)) {
				return Long.MAX_VALUE;
			}
			long left = this.pool.engine.idleNanos - (now - oldest.idleSince);
			if (left > 0) {
				return left;
			}
			dismiss(oldest);
			return 0;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Lets the worker that has idled longest end, so that another pool may have one. */
	boolean giveWay() {
		this.pool.lock.lock();
		try {
			Worker oldest = this.workers.peekLast();
			if (oldest == null || oldest.isWakeSent() || this.pool.workers.size() < 2) {
				return false;
			}
			dismiss(oldest);
			return true;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * Ends an idle worker: it wakes, finds itself dying, and passes on a wake-up that was
	 * meant for work.
	 */
	private void dismiss(Worker worker) {
		leave(worker);
		this.pool.remove(worker);
		worker.wake();
	}

}
