package io.github.workqueue.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

import io.github.workqueue.DelayedWorkItem;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.TaskScheduler;

/**
 * A hand-made one: runs an action once the requests have paused, but not later than some
 * time after the first. The action never runs beside itself.
 */
final class Debouncer implements OnlyScheduled {

	private final TaskScheduler scheduler;

	private final Action action;

	private final Duration pause;

	private final Duration longest;

	private final ReentrantLock lock = new ReentrantLock();

	private final ReentrantLock running = new ReentrantLock();

	private Instant first = Instant.MIN;

	private @Nullable Future<?> pending;

	Debouncer(TaskScheduler scheduler, Action action, Duration pause, Duration longest) {
		this.scheduler = scheduler;
		this.action = action;
		this.pause = pause;
		this.longest = longest;
	}

	@Override
	public boolean schedule() {
		return arm(this.pause);
	}

	@Override
	public boolean modify(Duration delay) {
		return arm(delay);
	}

	private boolean arm(Duration delay) {
		this.lock.lock();
		try {
			boolean fresh = !cancelPending();
			Instant now = Instant.now();
			this.first = fresh ? now : this.first;
			Instant latest = this.first.plus(this.longest);
			Instant due = now.plus(delay);
			this.pending = this.scheduler.schedule(this::run, due.isBefore(latest) ? due : latest);
			return fresh;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean cancelSync() {
		this.lock.lock();
		try {
			return cancelPending();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean cancelPending() {
		Future<?> before = this.pending;
		this.pending = null;
		return before != null && before.cancel(false);
	}

	private void run() {
		this.running.lock();
		try {
			this.action.run(this);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.running.unlock();
		}
	}

	/** What is done when the time has come. */
	@FunctionalInterface
	interface Action {

		void run(DelayedWorkItem self) throws IOException;

	}

}
