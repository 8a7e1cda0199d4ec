package io.github.workqueue.engine;

import io.github.workqueue.engine.Worker.Sleep;
import org.jspecify.annotations.Nullable;

/**
 * Counts the runnable workers of a per-CPU pool ({@code nr_running},
 * {@code wq_worker_sleeping}, {@code wq_worker_running}). In other pools the count stays
 * zero.
 *
 * <pre>
 * A worker that works is counted unless one of
 *   sleep  SEEN     its thread was found in a Java wait
 *          NATIVE   its thread was found in a wait that Java calls RUNNABLE
 *          HINTED   it said that it is about to wait
 *   hog             its queue is CPU_INTENSIVE, or it burned CPU for too long while
 *                   others waited; until the item ends
 * </pre>
 *
 * Whoever learns that a counted worker sleeps says so here: a producer that finds it so,
 * the monitor, or the worker itself. When it is awake again it is counted again; the
 * surplus is not stopped, it just takes no new item.
 */
final class Concurrency {

	private final WorkerPool pool;

	@Racy("written under the pool's lock; read by producers to see whether somebody will come")
	private volatile int running;

	@Racy("written under the pool's lock: the worker counted last, for producers to look at")
	private volatile @Nullable Worker counted;

	/** Here for producers, since a busy worker writes the memory beside its own. */
	@Racy("written with 'counted': its thread")
	private volatile @Nullable Thread countedThread;

	@Racy("written under the pool's lock: workers SEEN asleep, who may have woken")
	private volatile int seenAsleep;

	Concurrency(WorkerPool pool) {
		this.pool = pool;
	}

	/** The kernel's nr_running. */
	int running() {
		return this.running;
	}

	void count(Worker worker) {
		assert this.pool.lock.isHeldByCurrentThread();
		if (this.pool.managed && !worker.rescuer) {
			this.running = this.running + 1;
			setCounted(worker);
		}
	}

	void uncount(Worker worker) {
		assert this.pool.lock.isHeldByCurrentThread();
		if (this.pool.managed && !worker.rescuer) {
			assert this.running > 0;
			this.running = this.running - 1;
			if (this.counted == worker) {
				setCounted(null);
			}
		}
	}

	private void setCounted(@Nullable Worker worker) {
		this.counted = worker;
		this.countedThread = (worker != null) ? worker.thread() : null;
	}

	/** Whether a worker executes an item and holds others back. */
	boolean isCounted(Worker worker) {
		return this.pool.managed && worker.isBusy() && !worker.prep && !worker.hog && worker.sleep == Sleep.NONE;
	}

	/** The worker starts an item of a CPU_INTENSIVE queue. */
	void startHog(Worker worker) {
		uncount(worker);
		worker.hog = true;
	}

	/** The worker's item has ended: it is awake, and no hog any more. */
	void endItem(Worker worker) {
		wakeUp(worker);
		if (worker.hog) {
			worker.hog = false;
			count(worker);
		}
	}

	/**
	 * A counted worker holds nobody back any more.
	 * @return whether the pool needs a kick
	 */
	boolean fallAsleep(Worker worker, Sleep how) {
		assert isCounted(worker);
		uncount(worker);
		worker.sleep = how;
		if (how == Sleep.SEEN) {
			this.seenAsleep = this.seenAsleep + 1;
		}
		return relieve(worker);
	}

	/**
	 * A counted worker has burned too much CPU.
	 * @return whether the pool needs a kick
	 */
	boolean becomeHog(Worker worker) {
		assert isCounted(worker);
		startHog(worker);
		worker.execution.link().hogged();
		return relieve(worker);
	}

	private boolean relieve(Worker worker) {
		boolean need = this.pool.needsWorker();
		if (need) {
			worker.execution.link().wokeAnother();
		}
		return need;
	}

	void wakeUp(Worker worker) {
		assert this.pool.lock.isHeldByCurrentThread();
		if (worker.sleep == Sleep.NONE) {
			return;
		}
		if (worker.sleep == Sleep.SEEN) {
			this.seenAsleep = this.seenAsleep - 1;
		}
		worker.sleep = Sleep.NONE;
		count(worker);
	}

	/** Whether the fields fit the workers, for assertions of the holder of the lock. */
	boolean isKept() {
		Worker worker = this.counted;
		boolean works = worker == null || (!worker.prep && !worker.hog && worker.sleep == Sleep.NONE);
		long seen = this.pool.workers.stream().filter((one) -> one.sleep == Sleep.SEEN).count();
		return works && this.seenAsleep == seen;
	}

	// ---- without the lock ----

	/**
	 * A producer found the pool busy.
	 * @return true if the counted worker sleeps, and was replaced
	 */
	boolean lookAtCounted() {
		Thread thread = this.countedThread;
		if (thread == null || !this.pool.engine.probe.isWaiting(thread)) {
			return false;
		}
		Worker worker = this.counted;
		if (worker == null || !worker.looksAsleep()) {
			return false;
		}
		noticeSleep(worker);
		return true;
	}

	private void noticeSleep(Worker worker) {
		boolean kick = false;
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			if (isCounted(worker) && worker.looksAsleep()) {
				kick = fallAsleep(worker, Sleep.SEEN);
			}
		}
		finally {
			this.pool.lock.unlock();
		}
		if (kick) {
			this.pool.progress.kick();
		}
	}

	/** Counts those again that were seen asleep and are awake; true if somebody runs. */
	boolean recountedSomebody() {
		if (this.seenAsleep == 0) {
			return false;
		}
		this.pool.lock.lock();
		try {
			for (Worker worker : this.pool.workers) {
				if (worker.sleep == Sleep.SEEN && !worker.looksAsleep()) {
					wakeUp(worker);
				}
			}
			return this.running > 0;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * The calling worker is about to wait.
	 * @return true if {@link #endSleep} must be called
	 */
	boolean beginSleep(Worker worker) {
		boolean kick;
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			if (worker.sleep != Sleep.HINTED) {
				wakeUp(worker);
			}
			if (!isCounted(worker)) {
				return false;
			}
			kick = fallAsleep(worker, Sleep.HINTED);
		}
		finally {
			this.pool.lock.unlock();
		}
		if (kick) {
			this.pool.progress.kick();
		}
		return true;
	}

	/** The calling worker's wait is over. */
	void endSleep(Worker worker) {
		this.pool.lock.lock();
		try {
			wakeUp(worker);
		}
		finally {
			this.pool.lock.unlock();
		}
	}

}
