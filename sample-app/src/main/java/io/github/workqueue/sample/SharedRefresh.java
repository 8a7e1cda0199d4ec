package io.github.workqueue.sample;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.lucene.search.ReferenceManager;

/**
 * Has searches see what was written before they began. Those that wait while another
 * refresh runs share the next one. Any thread.
 */
final class SharedRefresh {

	private final ReferenceManager<?> searchers;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile long begun;

	private long succeeded; // the last one that did, by its number; guarded by lock

	SharedRefresh(ReferenceManager<?> searchers) {
		this.searchers = searchers;
	}

	/**
	 * Returns when all that was written before the call can be found.
	 * @throws IOException if the index cannot be read
	 */
	void run() throws IOException {
		long before = this.begun;
		this.lock.lock();
		try {
			if (this.succeeded <= before) {
				long number = this.begun + 1;
				this.begun = number;
				this.searchers.maybeRefreshBlocking();
				this.succeeded = number;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
