package io.github.workqueue.engine;

import java.io.Serial;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a pool.
 * <p>
 * Whoever releases it while items wait has the pool watched: R2 of {@link PoolProgress}.
 * <p>
 * A worker that has to wait for it inside a handler says so, because that wait is ours
 * and short: it must not count as sleep and start another worker.
 */
final class PoolLock extends ReentrantLock {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient WorkerPool pool;

	PoolLock(WorkerPool pool) {
		this.pool = pool;
	}

	@Override
	public void lock() {
		if (!tryLock()) {
			lockContended();
		}
		assert getHoldCount() > 1 || this.pool.progress.isKept() : this.pool + " lets items wait and is not watched";
	}

	private void lockContended() {
		Worker worker = Worker.current();
		if (worker == null) {
			super.lock();
			return;
		}
		boolean before = worker.execution.enterEngine();
		try {
			super.lock();
		}
		finally {
			worker.execution.leaveEngine(before);
		}
	}

	@Override
	public void unlock() {
		boolean wake = false;
		try {
			wake = this.pool.progress.leave();
		}
		finally {
			super.unlock();
		}
		if (wake) {
			this.pool.engine.monitor.wake();
		}
	}

}
