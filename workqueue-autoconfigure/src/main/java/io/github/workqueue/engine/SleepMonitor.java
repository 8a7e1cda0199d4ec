package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.engine.ThreadProbe.NativeStates;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the workers of pools in which items wait, and tells the pool who sleeps, who
 * woke and who burns ({@code wq_worker_sleeping}, {@code wq_worker_running},
 * {@code wq_worker_tick}: in the kernel the scheduler tells). It also has workers made
 * that could not be made before, and calls rescuers.
 * <p>
 * The first look at a pool comes about 50 us after it was asked for; further ones back
 * off while nothing changes. When nothing waits anywhere the thread closes its files and
 * parks for good. It starts with the first item that has to wait. While the engine is
 * frozen no file stays open between two looks: a checkpoint of the process may follow.
 */
final class SleepMonitor implements Runnable {

	private static final System.Logger logger = System.getLogger(SleepMonitor.class.getName());

	private final WorkqueueEngine engine;

	private final NativeStates states;

	/** Somebody has asked since the last round began. */
	private final AtomicBoolean asked = new AtomicBoolean();

	private final AtomicBoolean started = new AtomicBoolean();

	@Racy("set once, before the thread starts")
	private volatile @Nullable Thread thread;

	@Racy("set once, at close")
	private volatile boolean stopped;

	SleepMonitor(WorkqueueEngine engine) {
		this.engine = engine;
		this.states = engine.probe.nativeStates();
	}

	/**
	 * Whether the thread was started, or is about to be; false also when it could not be.
	 */
	boolean isStarted() {
		return this.started.get();
	}

	/** Some pool is watched from now on. Any thread, no lock. */
	void wake() {
		this.asked.set(true);
		if (this.started.compareAndSet(false, true)) {
			start();
		}
		LockSupport.unpark(this.thread);
	}

	/** Has the files closed that a frozen engine must not hold, if there may be any. */
	void freeze() {
		if (this.started.get()) {
			wake();
		}
	}

	private void start() {
		if (this.stopped) {
			return;
		}
		try {
			Thread thread = WorkerThreads.helper("kworkqueue/monitor", this);
			this.thread = thread;
			thread.start();
		}
		catch (Throwable ex) {
			this.thread = null;
			this.started.set(false);
			logger.log(Level.ERROR, "the monitor thread could not be started; trying again with the next item", ex);
		}
	}

	@Override
	public void run() {
		TimerSlack.minimize();
		try {
			while (!this.stopped) {
				// an interrupt that nobody takes would end every park at once
				Thread.interrupted();
				watch();
			}
		}
		finally {
			this.states.close();
		}
	}

	private void watch() {
		try {
			this.asked.set(false);
			long next = round();
			if (this.engine.isFrozen()) {
				this.states.close();
			}
			pause(next);
		}
		catch (RuntimeException | Error ex) {
			logger.log(Level.ERROR, "the monitor failed; it goes on in a second", ex);
			LockSupport.parkNanos(this, WorkerCreation.Result.FAILED.cooldownNanos());
		}
	}

	private void pause(long nanos) {
		if (this.asked.get()) {
			return;
		}
		if (nanos != PoolWatch.NEVER) {
			this.engine.time.parkNanos(this, nanos);
			return;
		}
		this.states.close();
		this.engine.watchdog.rest();
		while (!this.asked.get() && !this.stopped) {
			Thread.interrupted();
			LockSupport.park(this);
		}
	}

	/** Looks at the pools that are due; returns the time until the next is. */
	private long round() {
		long next = PoolWatch.NEVER;
		for (WorkerPool pool : this.engine.pools()) {
			if (pool.progress.isWatched()) {
				this.engine.watchdog.request();
				next = Math.min(next, look(pool));
			}
		}
		return next;
	}

	private long look(WorkerPool pool) {
		try {
			return pool.watch.lookIfDue(this.engine.time, this.states);
		}
		catch (RuntimeException | Error ex) {
			logger.log(Level.ERROR, "looking at " + pool + " failed; the monitor goes on", ex);
			return WorkerCreation.Result.FAILED.cooldownNanos();
		}
	}

	/**
	 * Looks at every pool at once, on the calling thread, for tests with their own time.
	 */
	void look() {
		for (WorkerPool pool : this.engine.pools()) {
			pool.watch.look(this.engine.time.nanoTime(), this.states);
		}
	}

	void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

}
