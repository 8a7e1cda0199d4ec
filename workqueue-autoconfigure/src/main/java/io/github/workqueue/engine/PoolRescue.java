package io.github.workqueue.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a rescuer does in a pool, under the pool's lock.
 */
final class PoolRescue {

	private final WorkerPool pool;

	PoolRescue(WorkerPool pool) {
		this.pool = pool;
	}

	void join(Worker rescuer) {
		this.pool.lock.lock();
		try {
			rescuer.number = this.pool.engine.workers.add(rescuer.execution);
			this.pool.workers.add(rescuer);
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * Gives the rescuer the next item of its queue.
	 * @return false if a worker is no longer missing, or nothing of the queue waits
	 */
	boolean next(Worker rescuer, QueueLink link) {
		long now = this.pool.engine.time.nanoTime();
		rescuer.sampleCpu(now);
		this.pool.lock.lock();
		try {
			this.pool.complete(rescuer);
			this.pool.drainInbox();
			EngineWorkItem follower = rescuer.scheduled.poll();
			if (follower != null) {
				this.pool.assign(rescuer, follower, now);
				return true;
			}
			while (this.pool.creation.isNeeded()) {
				EngineWorkItem item = pollOf(link);
				if (item == null) {
					return false;
				}
				if (this.pool.take(rescuer, item, now)) {
					link.rescued();
					return true;
				}
			}
			return false;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	private @Nullable EngineWorkItem pollOf(QueueLink link) {
		for (EngineWorkItem item : this.pool.worklist) {
			if (item.link == link) {
				this.pool.worklist.remove(item);
				return item;
			}
		}
		return null;
	}

	/**
	 * Lets the rescuer go; what waited for its item alone goes back in line. An item that
	 * it still holds, because its own code failed, has failed.
	 * @return whether it is still needed, after others
	 */
	boolean leave(Worker rescuer, QueueLink link) {
		this.pool.lock.lock();
		try {
			rescuer.execution.failed |= rescuer.isBusy();
			this.pool.complete(rescuer);
			for (EngineWorkItem item = rescuer.scheduled.poll(); item != null; item = rescuer.scheduled.poll()) {
				this.pool.worklist.append(item);
			}
			this.pool.workers.remove(rescuer);
			this.pool.engine.workers.remove(rescuer.number);
			rescuer.dying = true;
			rescuer.kick = this.pool.needsWorker();
			return this.pool.creation.isNeeded() && has(link);
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	private boolean has(QueueLink link) {
		for (EngineWorkItem item : this.pool.worklist) {
			if (item.link == link) {
				return true;
			}
		}
		return false;
	}

}
