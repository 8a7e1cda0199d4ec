package io.github.workqueue.engine;

import java.util.function.Consumer;

/**
 * Cancel, disable, and taking a pending instance away from wherever it is
 * ({@code try_to_grab_pending}, {@code __cancel_work}, {@code __cancel_work_sync}).
 * <p>
 * Any number of callers may cancel at once. A sync cancel holds the depth above zero
 * while it waits, so nothing can be queued behind it, the item itself included; each
 * caller places a barrier of its own behind the running instance.
 */
final class Cancellation {

	/** What became of an attempt to disable an item. */
	private enum Found {

		/** It was idle, and is disabled. */
		IDLE,

		/** Its pending instance was removed, and it is disabled. */
		REMOVED,

		/** Its pending instance was not where its word said. */
		NOT_THERE

	}

	private Cancellation() {
	}

	/**
	 * Takes the pending instance from where the word says it is. The caller is in a
	 * section, and owns the item afterwards.
	 * @return false if it is not there (any more), or in a thread's hands
	 */
	static boolean steal(EngineWorkItem item, long word) {
		if (WorkState.isArmed(word)) {
			return item.engine().timers.steal((EngineDelayedWorkItem) item);
		}
		return WorkState.isQueued(word) && item.engine().pool(WorkState.pool(word)).items.steal(item);
	}

	/**
	 * Starts at once what an item made room for that was stolen from where the word says;
	 * the monitor would do so, but later. Called after the section: may make a thread.
	 */
	static void stolen(EngineWorkItem item, long word) {
		if (WorkState.isQueued(word)) {
			WorkerPool pool = item.engine().pool(WorkState.pool(word));
			if (pool.hasWaiting()) {
				pool.progress.activated();
			}
		}
	}

	/** Waits as long as an item is in a thread's hands and the word stays as it is. */
	static void awaitOwner(EngineWorkItem item, long word) {
		if (item.word() == word) {
			item.engine().transit.awaitPriorUninterruptibly();
		}
	}

	static boolean cancel(EngineWorkItem item) {
		for (;;) {
			long word = item.word();
			if (!WorkState.isPending(word)) {
				return false;
			}
			if (tryRemove(item, word, EngineWorkItem::giveBack)) {
				item.afterCancel();
				return true;
			}
			awaitOwner(item, word);
		}
	}

	static boolean disable(EngineWorkItem item) {
		for (;;) {
			long word = item.word();
			Found found = tryDisable(item, word);
			if (found != Found.NOT_THERE) {
				return found == Found.REMOVED;
			}
			awaitOwner(item, word);
		}
	}

	private static boolean disableInterruptibly(EngineWorkItem item) throws InterruptedException {
		for (;;) {
			long word = item.word();
			Found found = tryDisable(item, word);
			if (found != Found.NOT_THERE) {
				return found == Found.REMOVED;
			}
			if (item.word() == word) {
				item.engine().transit.awaitPrior(Completion.FOREVER);
			}
		}
	}

	private static Found tryDisable(EngineWorkItem item, long word) {
		if (item.tryDisableIdle(item.name())) {
			return Found.IDLE;
		}
		return tryRemove(item, word, EngineWorkItem::giveBackDisabled) ? Found.REMOVED : Found.NOT_THERE;
	}

	/** Drops the pending instance, and the count of its retries. */
	private static boolean tryRemove(EngineWorkItem item, long word, Consumer<EngineWorkItem> end) {
		return WorkState.isArmed(word) ? item.engine().timers.cancel((EngineDelayedWorkItem) item, end)
				: tryTakeAway(item, word, end);
	}

	private static boolean tryTakeAway(EngineWorkItem item, long word, Consumer<EngineWorkItem> end) {
		Transit transit = item.engine().transit;
		int section = transit.enter();
		try {
			if (!steal(item, word)) {
				return false;
			}
			item.forgetAttempts();
			item.dropInstance();
			end.accept(item);
		}
		finally {
			transit.exit(section);
		}
		stolen(item, word);
		return true;
	}

	static boolean cancelSync(EngineWorkItem item) throws InterruptedException {
		DeadlockGuard.checkNotSelf("cancelSync", item);
		boolean removed = disableInterruptibly(item);
		try {
			Flush.running(item);
		}
		finally {
			item.enableOnce(item.name());
			item.afterCancel();
		}
		return removed;
	}

	static boolean disableSync(EngineWorkItem item) throws InterruptedException {
		DeadlockGuard.checkNotSelf("disableSync", item);
		boolean removed = disableInterruptibly(item);
		boolean waited = false;
		try {
			Flush.running(item);
			waited = true;
		}
		finally {
			if (!waited) {
				item.enableOnce(item.name());
			}
		}
		return removed;
	}

}
