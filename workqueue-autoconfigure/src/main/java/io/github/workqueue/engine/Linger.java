package io.github.workqueue.engine;

/**
 * Whether a worker that has run out of items waits a moment for the next one before it
 * rests. That spares a wake-up where items follow each other closely. Where they do not,
 * it burns CPU, and keeps a producer waiting whose CPU the worker was woken on. So
 * workers wait as long as that has lately paid, and in a tenth of all rests to learn
 * whether it pays again: many in a row, because a producer and a worker that share a CPU
 * get one each only after both have wanted it for some time.
 */
final class Linger {

	/** Rests in a row after which workers do not wait any more. */
	static final int VAIN = 256;

	/** Rests in a row after which they wait again. */
	static final int AGAIN = 10 * VAIN;

	private final WorkerPool pool;

	/** Rests since an item last came to a worker that waited, or since all began anew. */
	@PoolLocked
	private int rests;

	Linger(WorkerPool pool) {
		this.pool = pool;
	}

	/** Whether to wait before the next rest. */
	boolean isWorthwhile() {
		assert this.pool.lock.isHeldByCurrentThread();
		return this.rests < VAIN;
	}

	/** A worker rests. */
	void rests() {
		assert this.pool.lock.isHeldByCurrentThread();
		this.rests = (this.rests + 1) % AGAIN;
	}

	/** A worker takes an item, perhaps one that came while it waited. */
	void tookItem(Worker worker) {
		if (worker.lingered) {
			worker.lingered = false;
			paid();
		}
	}

	/** An item came while a worker waited. */
	void paid() {
		assert this.pool.lock.isHeldByCurrentThread();
		this.rests = 0;
	}

}
