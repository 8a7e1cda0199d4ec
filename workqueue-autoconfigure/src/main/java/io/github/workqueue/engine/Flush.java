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
		Completion completion = new Completion(item.engine().time);
		if (!place(item, completion)) {
			return false;
		}
		if (!completion.await(nanos)) {
			throw new TimeoutException("work '" + item.name() + "' has not ended in time");
		}
		return true;
	}

	/** Waits for the running instance, if there is one. */
	static void running(EngineWorkItem item) throws InterruptedException {
		Completion completion = new Completion(item.engine().time);
		if (behindRunning(item, completion)) {
			completion.await(Completion.FOREVER);
		}
	}

	private static boolean place(EngineWorkItem item, Completion completion) {
		for (;;) {
			long word = item.word();
			if (!WorkState.isPending(word)) {
				if (behindRunning(item, completion)) {
					return true;
				}
				if (item.word() == word) {
					return false;
				}
			}
			else if (WorkState.isArmed(word)) {
				if (queueNow((EngineDelayedWorkItem) item, completion)) {
					return true;
				}
			}
			else if (WorkState.isQueued(word)
					&& item.engine().pool(WorkState.pool(word)).items.addBarrier(item, completion)) {
				return true;
			}
			Thread.onSpinWait();
		}
	}

	private static boolean queueNow(EngineDelayedWorkItem item, Completion completion) {
		EngineWorkqueue queue = item.target();
		WorkerPool pool = queue.choosePool(item, item.cpu);
		DeadlockGuard.checkNotBehind(item, queue, pool);
		if (!item.engine().timers.steal(item)) {
			return false;
		}
		item.barriers = completion.barrier(item.barriers);
		if (item.target() == queue) {
			queue.insertDue(item, pool);
		}
		else {
			item.target().insertDue(item, item.cpu);
		}
		return true;
	}

	private static boolean behindRunning(EngineWorkItem item, Completion completion) {
		for (Worker runner = item.runner; runner != null; runner = item.runner) {
			if (runner.pool.items.addBarrier(runner, item, completion)) {
				return true;
			}
			Thread.onSpinWait();
		}
		return false;
	}

}
