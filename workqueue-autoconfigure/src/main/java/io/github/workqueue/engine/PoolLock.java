package io.github.workqueue.engine;

import java.io.Serial;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a pool. A worker that has to wait for it inside a handler says so, because
 * that wait is ours and short: it must not count as sleep and start another worker.
 */
final class PoolLock extends ReentrantLock {

	@Serial
	private static final long serialVersionUID = 1L;

	@Override
	public void lock() {
		if (!tryLock()) {
			lockContended();
		}
	}

	private void lockContended() {
		Worker worker = Worker.current();
		if (worker == null) {
			super.lock();
			return;
		}
		boolean before = worker.enterEngine();
		try {
			super.lock();
		}
		finally {
			worker.leaveEngine(before);
		}
	}

}
