package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many items of a queue may be active in one pool ({@code max_active},
 * {@code min_active}); none while it is frozen or held ({@code wq_adjust_max_active}).
 */
final class ActiveLimits {

	private final EngineWorkqueue queue;

	/** Serialises the writers; taken before pool locks. */
	private final ReentrantLock lock = new ReentrantLock();

	@Racy("written under the lock; read under the locks of the pools: the limit in force, 0 at first")
	private volatile int current;

	@Racy("written under the lock")
	private volatile int maxActive;

	@Racy("written under the lock")
	private volatile int minActive;

	ActiveLimits(EngineWorkqueue queue) {
		this.queue = queue;
		this.maxActive = queue.rules().maxActive();
		this.minActive = queue.rules().minActive();
	}

	int current() {
		return this.current;
	}

	int maxActive() {
		return this.maxActive;
	}

	void setMaxActive(int maxActive) {
		this.queue.rules().checkMaxActive(maxActive);
		this.lock.lock();
		try {
			this.maxActive = maxActive;
			this.minActive = Math.min(this.minActive, maxActive);
		}
		finally {
			this.lock.unlock();
		}
		update();
	}

	int minActive() {
		return this.minActive;
	}

	void setMinActive(int minActive) {
		this.lock.lock();
		try {
			this.queue.rules().checkMinActive(minActive, this.maxActive);
			this.minActive = minActive;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Works the limit out anew and starts what it lets through. Called without locks. */
	void update() {
		List<WorkerPool> waiting = new ArrayList<>();
		this.lock.lock();
		try {
			this.current = this.queue.engine.startsWork(this.queue.isFreezable()) ? unfrozen() : 0;
			for (QueueLink link : this.queue.links()) {
				if (link.pool.items.activateWaiting(link)) {
					waiting.add(link.pool);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		waiting.forEach((pool) -> pool.progress.activated());
	}

	private int unfrozen() {
		return this.queue.rules().isBh() ? Integer.MAX_VALUE : this.maxActive;
	}

}
