package io.github.workqueue.engine;

/**
 * Cancel, disable, and taking a pending instance away from wherever it is
 * ({@code try_to_grab_pending}, {@code __cancel_work}, {@code __cancel_work_sync}).
 * <p>
 * Any number of callers may cancel at once. A sync cancel holds the depth above zero
 * while it waits, so nothing can be queued behind it, the item itself included; each
 * caller places a barrier of its own behind the running instance.
 */
final class Cancellation {

	private Cancellation() {
	}

	/**
	 * Takes the pending instance: the caller owns the item afterwards, in TRANSIT.
	 * @return false if the item is not pending
	 */
	static boolean steal(EngineWorkItem item) {
		for (;;) {
			long word = item.word();
			if (!WorkState.isPending(word)) {
				return false;
			}
			if (WorkState.isArmed(word)) {
				if (item.engine().timers.steal((EngineDelayedWorkItem) item)) {
					return true;
				}
			}
			else if (WorkState.isQueued(word)) {
				if (item.engine().pool(WorkState.pool(word)).items.steal(item)) {
					return true;
				}
			}
			Thread.onSpinWait();
		}
	}

	static boolean cancel(EngineWorkItem item) {
		if (!steal(item)) {
			return false;
		}
		forget(item);
		item.giveBack();
		item.afterCancel();
		return true;
	}

	static boolean disable(EngineWorkItem item) {
		for (;;) {
			if (item.tryDisableIdle(item.name())) {
				item.attempts = 0;
				return false;
			}
			if (steal(item)) {
				forget(item);
				item.giveBackDisabled();
				return true;
			}
		}
	}

	/** Drops the instance that the caller owns, and the count of its retries. */
	private static void forget(EngineWorkItem item) {
		item.attempts = 0;
		item.dropInstance();
	}

	static boolean cancelSync(EngineWorkItem item) throws InterruptedException {
		DeadlockGuard.checkNotSelf("cancelSync", item);
		boolean removed = disable(item);
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
		boolean removed = disable(item);
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
