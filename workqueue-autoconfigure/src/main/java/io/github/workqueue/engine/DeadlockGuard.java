package io.github.workqueue.engine;

import java.util.Objects;

import io.github.workqueue.WorkqueueDeadlockException;
import org.jspecify.annotations.Nullable;

/**
 * What the calling worker executes, and which waits of it would never end. The kernel
 * only reports these, through lockdep; here they are thrown before anything has changed.
 */
final class DeadlockGuard {

	private DeadlockGuard() {
	}

	/** The queue whose item the calling worker executes, or null. */
	private static @Nullable QueueLink currentLink() {
		Worker worker = Worker.current();
		return (worker != null) ? worker.currentLink() : null;
	}

	static void checkNotSelf(String call, EngineWorkItem item) {
		Worker worker = Worker.current();
		if (worker != null && worker.execution.isOf(item)) {
			throw new WorkqueueDeadlockException(call + " of work '" + item.name()
					+ "' by its own handler would wait for itself; use cancel() or disable() there");
		}
	}

	static void checkNotOwnQueue(String call, EngineWorkqueue queue) {
		QueueLink link = currentLink();
		if (link != null && link.queue == queue) {
			throw new WorkqueueDeadlockException(call + " of workqueue '" + queue.name()
					+ "' by one of its own works would wait for itself; call it from outside the queue");
		}
	}

	/** Checks a wait for an item that is, or will be, behind the current one. */
	static void checkNotBehind(EngineWorkItem item, EngineWorkqueue queue, WorkerPool pool) {
		QueueLink link = currentLink();
		if (link == null) {
			return;
		}
		boolean oneSlot = link.queue == queue && queue.isOneAtATime() && link.pool == pool;
		boolean oneThread = link.pool == pool && pool.kind == WorkerPool.Kind.BH;
		if (oneSlot || oneThread) {
			throw new WorkqueueDeadlockException(
					"flush of work '" + item.name() + "', which waits behind this one on workqueue '" + queue.name()
							+ "', would never end; the queue runs one item at a time");
		}
	}

	/** Checks a wait for all of a link, under the lock of its pool. */
	static void checkNothingBehind(QueueLink link) {
		Worker self = Worker.current();
		if (self == null || self.pool != link.pool || !self.isBusy()) {
			return;
		}
		boolean oneThread = link.pool.kind == WorkerPool.Kind.BH && !link.isEmpty();
		if (oneThread || self.isFollowedBy(link)) {
			throw new WorkqueueDeadlockException("a wait for workqueue '" + link.queue.name() + "' by work '"
					+ Objects.requireNonNull(self.execution.item).name()
					+ "' would never end: a work there can only start when this one has ended; "
					+ "wait for single works, or outside of the handler");
		}
	}

	static void checkNotWorkerOf(WorkqueueEngine engine) {
		Worker worker = Worker.current();
		if (worker != null && worker.pool.engine == engine) {
			throw new WorkqueueDeadlockException(
					"close() by a worker of the engine would wait for itself; use shutdown() there");
		}
	}

}
