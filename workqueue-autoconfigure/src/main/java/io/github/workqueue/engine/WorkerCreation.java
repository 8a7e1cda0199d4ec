package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.List;

import io.github.workqueue.engine.WorkerPool.Kind;

/**
 * Makes the workers of a pool ({@code manage_workers}, {@code maybe_create_worker}): one
 * at a time, by whoever misses one. After a failure nobody tries but the monitor, when
 * the time has come; nothing of a failure reaches producers.
 */
final class WorkerCreation {

	/** What became of an attempt to make a worker. */
	enum Result {

		/** It was made and has started. */
		MADE(0),

		/** There are as many workers as there may be. */
		AT_LIMIT(5_000_000),

		/** The thread factory or the system refused ({@code CREATE_COOLDOWN}). */
		FAILED(1_000_000_000);

		private final long cooldownNanos;

		Result(long cooldownNanos) {
			this.cooldownNanos = cooldownNanos;
		}

		/** How long to wait before the next attempt. */
		long cooldownNanos() {
			return this.cooldownNanos;
		}

	}

	private static final System.Logger logger = System.getLogger(WorkerCreation.class.getName());

	private final WorkerPool pool;

	@Racy("written under the pool's lock: somebody makes a worker (MANAGER_ACTIVE)")
	private volatile boolean creating;

	@Racy("written under the pool's lock: why none can be made until the monitor tries again")
	private volatile Result last = Result.MADE;

	/** A worker started while another was made; its maker makes the spare one, too. */
	@PoolLocked
	private boolean spareWanted;

	@PoolLocked
	private long retryAt;

	@Racy("written under the pool's lock: workers that were made and have not ended")
	private volatile int count;

	@PoolLocked
	private int nextId;

	WorkerCreation(WorkerPool pool) {
		this.pool = pool;
	}

	/** The number of workers, rescuers not counted. Advisory. */
	int count() {
		return this.count;
	}

	/** Whether the last attempt made none, for whatever reason. Advisory. */
	boolean hasFailed() {
		return this.last != Result.MADE;
	}

	/**
	 * Whether the thread factory or the system refused the last one. Being at the limit
	 * is no such fault: whoever works there goes on with what waits. Advisory.
	 */
	boolean wasRefused() {
		return this.last == Result.FAILED;
	}

	/** Whether items wait and a worker must be made. Called under the pool's lock. */
	boolean isNeeded() {
		return PoolPolicy.needToCreateWorker(this.pool.hasWaiting(), this.pool.concurrency.running(),
				this.pool.idle.size());
	}

	/**
	 * Whether a worker that is about to start makes a spare one first; once per start.
	 */
	boolean claimSpare(Worker worker) {
		assert this.pool.lock.isHeldByCurrentThread();
		boolean oneIsEnough = this.pool.kind == Kind.BH || this.pool.kind == Kind.VIRTUAL;
		if (oneIsEnough || worker.triedSpare || hasFailed() || PoolPolicy.mayStartWorking(this.pool.idle.size())) {
			return false;
		}
		worker.triedSpare = true;
		if (this.creating) {
			this.spareWanted = true;
			return false;
		}
		this.creating = true;
		return true;
	}

	/** Makes the spare worker that was claimed; never at the cost of other pools. */
	void createSpare() {
		create(false);
	}

	/**
	 * Makes a worker if items wait and nobody is there. Called without the lock.
	 * @return false if none can be made now; true also if somebody else makes one, or
	 * none is needed after all
	 */
	boolean createIfNeeded() {
		if (hasFailed()) {
			return false;
		}
		if (!isFull() && !this.creating && claim()) {
			create(true);
		}
		return true;
	}

	private boolean isFull() {
		return this.pool.kind == Kind.BH && this.count > 0;
	}

	private boolean claim() {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			if (this.creating || isFull() || !isNeeded()) {
				return false;
			}
			this.creating = true;
			return true;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	private void create(boolean needed) {
		Result result = Result.FAILED;
		try {
			result = this.pool.engine.threads.create(this.pool, needed);
		}
		finally {
			created(result, needed);
		}
	}

	private void created(Result result, boolean needed) {
		boolean kick;
		boolean spare;
		this.pool.lock.lock();
		try {
			spare = this.spareWanted && result == Result.MADE && !PoolPolicy.mayStartWorking(this.pool.idle.size());
			this.spareWanted = false;
			this.creating = spare;
			if (result == Result.FAILED || (result == Result.AT_LIMIT && needed)) {
				this.last = result;
				this.retryAt = this.pool.engine.time.nanoTime() + result.cooldownNanos();
			}
			this.pool.drainInbox();
			kick = needed && this.pool.needsWorker() && (!hasFailed() || this.pool.idle.size() > 0);
		}
		finally {
			this.pool.lock.unlock();
		}
		if (kick) {
			this.pool.progress.kick();
		}
		if (spare) {
			createSpare();
		}
	}

	/** Allows another attempt when the time has come. Called under the pool's lock. */
	void allowRetry(long now) {
		if (hasFailed() && now - this.retryAt >= 0) {
			this.last = Result.MADE;
		}
	}

	/** The time until another attempt is allowed. Called under the pool's lock. */
	long nanosToRetry(long now) {
		return hasFailed() ? Math.max(1, this.retryAt - now) : Long.MAX_VALUE;
	}

	/** Registers a worker; its thread is not made yet. */
	Worker register() {
		this.pool.lock.lock();
		try {
			Worker worker = new Worker(this.pool, name(), false);
			worker.number = this.pool.engine.workers.add(worker.execution);
			this.pool.workers.add(worker);
			this.count = this.count + 1;
			return worker;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** The worker's thread is bound, and starts now. */
	void starts(Worker worker) {
		this.pool.lock.lock();
		try {
			this.pool.idle.enter(worker, this.pool.engine.time.nanoTime());
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** The thread of a registered worker could not be made or started. */
	void unregister(Worker worker) {
		this.pool.lock.lock();
		try {
			if (worker.idle) {
				this.pool.idle.leave(worker);
			}
			if (!worker.dying) {
				this.pool.remove(worker);
			}
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * Takes workers off the books whose threads have ended without calling them: the
	 * thread factory dropped what it was given. Called under the pool's lock.
	 */
	void buryStillborn(long now) {
		List<Worker> stillborn = this.pool.workers.stream().filter(Worker::isStillborn).toList();
		for (Worker worker : stillborn) {
			if (worker.idle) {
				this.pool.idle.leave(worker);
			}
			this.pool.remove(worker);
			this.last = Result.FAILED;
			this.retryAt = now + Result.FAILED.cooldownNanos();
			logger.log(Level.WARNING, "the thread of worker " + worker.name
					+ " has ended without running it; check the thread factory; trying again in 1 s");
		}
	}

	/** A worker was taken off the books. Called under the pool's lock. */
	void removed() {
		this.count = this.count - 1;
		this.pool.engine.threads.gone(this.pool);
	}

	private String name() {
		boolean highpri = this.pool.highpri;
		if (this.pool.kind == Kind.BH) {
			return "kworker/" + this.pool.cpu + (highpri ? ":bh-hi" : ":bh");
		}
		String place = (this.pool.cpu >= 0) ? String.valueOf(this.pool.cpu) : "u" + this.pool.id;
		return "kworker/" + place + ":" + this.nextId++ + (highpri ? "H" : "");
	}

}
