package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Finds items in a pool: to take them away, to wait for them, to count and show them.
 * Each call holds the lock once, empties the inbox first, and so sees every item that was
 * pushed before.
 */
final class PoolItems {

	private final WorkerPool pool;

	PoolItems(WorkerPool pool) {
		this.pool = pool;
	}

	/**
	 * QUEUED to TRANSIT: the caller, in a section, owns the item.
	 * @return false if it is not queued here (any more), or its producer has not pushed
	 * it yet
	 */
	boolean steal(EngineWorkItem item) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			if (!holds(item)) {
				return false;
			}
			take(item);
			return true;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	private boolean holds(EngineWorkItem item) {
		long word = item.word();
		return WorkState.isQueued(word) && WorkState.pool(word) == this.pool.id && item.place != WorkList.NOWHERE;
	}

	private static void take(EngineWorkItem item) {
		QueueLink link = item.link();
		link.remove(item);
		link.queue.notPending();
		item.steal();
	}

	/**
	 * QUEUED to TRANSIT, for all of a queue that waits: the caller, in a section, owns
	 * the items.
	 */
	List<EngineWorkItem> stealAll(QueueLink link) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			List<EngineWorkItem> stolen = waiting(link);
			stolen.forEach(PoolItems::take);
			return stolen;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** What has entered the link and not started. */
	private List<EngineWorkItem> waiting(QueueLink link) {
		List<EngineWorkItem> waiting = new ArrayList<>();
		addAll(link.inactive(), link, waiting);
		addAll(this.pool.worklist, link, waiting);
		this.pool.workers.forEach((worker) -> addAll(worker.scheduled, link, waiting));
		return waiting;
	}

	private static void addAll(WorkList list, QueueLink link, List<EngineWorkItem> found) {
		for (EngineWorkItem item : list) {
			if (item.link == link) {
				found.add(item);
			}
		}
	}

	/**
	 * Places a barrier behind an item that is queued here.
	 * @return false if it is not (any more, or yet)
	 */
	boolean addBarrier(EngineWorkItem item, Completion completion) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			if (!holds(item)) {
				return false;
			}
			DeadlockGuard.checkNotBehind(item, item.link().queue, this.pool);
			item.barriers = completion.barrier(item.barriers);
			return true;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * Places a barrier behind an item that a worker of this pool executes.
	 * @return false if it does not (any more)
	 */
	boolean addBarrier(Worker runner, EngineWorkItem item, Completion completion) {
		this.pool.lock.lock();
		try {
			if (!runner.execution.isOf(item)) {
				return false;
			}
			runner.execution.barriers = completion.barrier(runner.execution.barriers);
			return true;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Whether a worker of this pool executes the item for the queue. */
	boolean executes(Worker runner, EngineWorkItem item, EngineWorkqueue queue) {
		this.pool.lock.lock();
		try {
			return runner.execution.isOf(item) && runner.execution.link().queue == queue;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Whether any worker of this pool executes the item for the queue. */
	boolean executes(EngineWorkItem item, EngineWorkqueue queue) {
		this.pool.lock.lock();
		try {
			Worker runner = runner(item);
			return runner != null && runner.execution.link().queue == queue;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** The worker of this pool that executes the item, or null. */
	@Nullable Worker runner(EngineWorkItem item) {
		assert this.pool.lock.isHeldByCurrentThread();
		for (Worker worker : this.pool.workers) {
			if (worker.execution.isOf(item)) {
				return worker;
			}
		}
		return null;
	}

	// ---- what a queue has here ----

	/**
	 * Makes a completion wait for all of a queue.
	 * @throws io.github.workqueue.WorkqueueDeadlockException if some of it needs the end
	 * of what the caller executes
	 */
	void flush(QueueLink link, Completion completion) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			DeadlockGuard.checkNothingBehind(link);
			link.flush(completion);
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Makes a completion wait for all of a queue but what the worker executes. */
	void flushBut(Worker self, QueueLink link, Completion completion) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			for (EngineWorkItem item : waiting(link)) {
				item.barriers = completion.barrier(item.barriers);
			}
			for (Worker worker : this.pool.workers) {
				if (worker != self && worker.currentLink() == link) {
					worker.execution.barriers = completion.barrier(worker.execution.barriers);
				}
			}
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Asks a link something, after the inbox was emptied. */
	boolean test(QueueLink link, Predicate<QueueLink> question) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			return question.test(link);
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * How many items have ever entered a link, if nothing is there now but what a worker
	 * executes; else negative.
	 */
	long enteredIfEmpty(QueueLink link, @Nullable Worker self) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			return link.isEmptyBut(self) ? link.entered() : -1;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * Activates what a changed limit allows.
	 * @return whether {@link PoolProgress#activated} must be called
	 */
	boolean activateWaiting(QueueLink link) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			link.activateWaiting();
			return this.pool.hasWaiting();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	void countRetry(QueueLink link) {
		this.pool.lock.lock();
		try {
			link.retried();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Adds the totals of a queue to a sum. */
	void addTotals(QueueLink link, QueueTotals sum) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			link.addTo(sum);
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Reads what a queue has here. */
	void collect(QueueLink link, QueueWorks works) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			works.read(link);
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** How long items have waited while none started; negative if none waits. */
	long nanosWithoutProgress(long now) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			return this.pool.hasWaiting() ? Math.max(0, now - this.pool.lastProgress) : -1;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** The item that has waited longest for a worker, or null. */
	@Nullable EngineWorkItem firstWaiting() {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			return this.pool.worklist.first();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * Whether items wait, a worker is missing, and the last attempt to make one was
	 * refused.
	 */
	boolean missesWorker() {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			return this.pool.creation.isNeeded() && this.pool.creation.wasRefused();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Reads what is here. */
	PoolWorks works(long now) {
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			List<BusyWorker> busy = new ArrayList<>();
			long waiting = this.pool.worklist.size();
			int between = this.pool.concurrency.running();
			for (Worker worker : this.pool.workers) {
				if (worker.isBusy()) {
					busy.add(worker.execution.busy(now));
					between -= this.pool.concurrency.isCounted(worker) ? 1 : 0;
				}
				waiting += worker.scheduled.size();
			}
			busy.sort(Comparator.comparingLong(BusyWorker::start));
			return new PoolWorks(this.pool.workers.size(), this.pool.idle.size(), between, waiting,
					OldestFirst.lowered(busy));
		}
		finally {
			this.pool.lock.unlock();
		}
	}

}
