package io.github.workqueue.engine;

import java.util.concurrent.TimeoutException;

/**
 * Waiting for one item ({@code flush_work}, {@code flush_delayed_work}).
 * <p>
 * Difference from the kernel: a barrier is no item behind its target; it hangs on the
 * instance itself and goes where that goes, so it needs no slot and no worker, and an
 * instance that is cancelled or moved lets its waiters go.
 */
final class Flush {

	private Flush() {
	}

	/**
	 * Waits for the last queued instance; an armed one is queued now.
	 * @return false if the item was idle
	 */
	static boolean item(EngineWorkItem item, long nanos) throws InterruptedException, TimeoutException {
		DeadlockGuard.checkNotSelf("flush", item);
		Deadline deadline = new Deadline(item.engine().time, nanos);
		Completion completion = new Completion(item.engine().time);
		if (!place(item, completion, deadline)) {
			return false;
		}
		if (!completion.await(deadline.left())) {
			throw timedOut(item);
		}
		return true;
	}

	private static TimeoutException timedOut(EngineWorkItem item) {
		return new TimeoutException("work '" + item.name() + "' has not ended in time");
	}

	/** Waits for the running instance, if there is one. */
	static void running(EngineWorkItem item) throws InterruptedException {
		Completion completion = new Completion(item.engine().time);
		if (behindRunning(item, completion)) {
			completion.await(Completion.FOREVER);
		}
	}

	/**
	 * Places a barrier, after waiting for an item that is in a thread's hands.
	 * @return false if the item was idle
	 */
	private static boolean place(EngineWorkItem item, Completion completion, Deadline deadline)
			throws InterruptedException, TimeoutException {
		boolean waited = false;
		for (;;) {
			long word = item.word();
			if (!WorkState.isPending(word)) {
				if (behindRunning(item, completion)) {
					return true;
				}
				if (item.word() == word) {
					return waited;
				}
			}
			else if (placePending(item, word, completion)) {
				return true;
			}
			else if (item.word() == word) {
				if (!item.engine().transit.awaitPrior(deadline.left())) {
					throw timedOut(item);
				}
				waited = true;
			}
		}
	}

	/** Returns false if the item is not where the word says, or in a thread's hands. */
	private static boolean placePending(EngineWorkItem item, long word, Completion completion) {
		if (WorkState.isArmed(word)) {
			return queueNow((EngineDelayedWorkItem) item, completion);
		}
		return WorkState.isQueued(word) && item.engine().pool(WorkState.pool(word)).items.addBarrier(item, completion);
	}

	private static boolean queueNow(EngineDelayedWorkItem item, Completion completion) {
		EngineWorkqueue queue = item.target();
		DeadlockGuard.checkNotBehind(item, queue, queue.choosePool(item, item.cpu));
		Transit transit = item.engine().transit;
		Runnable rest;
		int section = transit.enter();
		try {
			if (!item.engine().timers.steal(item)) {
				return false;
			}
			item.barriers = completion.barrier(item.barriers);
			// it may have run since the check, so its pool is chosen again
			rest = item.target().requests.insertDue(item);
		}
		finally {
			transit.exit(section);
		}
		rest.run();
		return true;
	}

	private static boolean behindRunning(EngineWorkItem item, Completion completion) {
		for (Worker runner = item.runner(); runner != null; runner = item.runner()) {
			if (runner.pool.items.addBarrier(runner, item, completion)) {
				return true;
			}
			Thread.onSpinWait();
		}
		return false;
	}

}
