package io.github.workqueue.migration;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

class DebouncerBefore {

	private final ReentrantLock lock = new ReentrantLock();

	private final ScheduledExecutorService executor;

	private final Runnable action;

	private @Nullable ScheduledFuture<?> pending;

	DebouncerBefore(ScheduledExecutorService executor, Runnable action) {
		this.executor = executor;
		this.action = action;
	}

	void request() {
		this.lock.lock();
		try {
			if (this.pending != null) {
				this.pending.cancel(false);
			}
			this.pending = this.executor.schedule(this.action, 200, TimeUnit.MILLISECONDS);
		}
		finally {
			this.lock.unlock();
		}
	}

}
