package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Looks at the workers of pools in which items wait, and tells the pool who sleeps and
 * who woke ({@code wq_worker_sleeping}, {@code wq_worker_running}: in the kernel the
 * scheduler tells). It also makes workers that could not be made before.
 * <p>
 * The first look comes about 50 us after it was woken; further ones back off to 10 ms
 * while nothing changes. When nothing waits anywhere it parks for good; who queues to a
 * busy pool wakes it. The thread starts with the first such item.
 */
final class SleepMonitor implements Runnable {

	private static final System.Logger logger = System.getLogger(SleepMonitor.class.getName());

	private static final long FIRST_LOOK_NANOS = 50_000;

	private static final long LAST_LOOK_NANOS = 10_000_000;

	private final WorkqueueEngine engine;

	private final AtomicBoolean parked = new AtomicBoolean(true);

	@Racy("set once, by whoever wakes the monitor first")
	private volatile @Nullable Thread thread;

	@Racy("set once, at close")
	private volatile boolean stopped;

	SleepMonitor(WorkqueueEngine engine) {
		this.engine = engine;
	}

	/**
	 * Items wait in a pool that is busy, or that misses a worker. Any thread, no lock.
	 */
	void wake() {
		if (this.parked.get() && this.parked.compareAndSet(true, false)) {
			Thread thread = this.thread;
			if (thread != null) {
				LockSupport.unpark(thread);
			}
			else {
				start();
			}
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
			logger.log(Level.ERROR, "the monitor thread could not be started; trying again with the next item", ex);
			this.parked.set(true);
		}
	}

	@Override
	public void run() {
		long pause = FIRST_LOOK_NANOS;
		while (!this.stopped) {
			this.engine.time.parkNanos(this, pause);
			if (look()) {
				pause = Math.min(pause * 2, LAST_LOOK_NANOS);
			}
			else {
				parkIdle();
				pause = FIRST_LOOK_NANOS;
			}
		}
	}

	/** Announces that it parks, then looks once more: a wake before that is not lost. */
	private void parkIdle() {
		this.parked.set(true);
		if (look()) {
			this.parked.set(false);
			return;
		}
		while (this.parked.get() && !this.stopped) {
			LockSupport.park(this);
		}
	}

	private boolean look() {
		long now = this.engine.time.nanoTime();
		boolean waiting = false;
		for (WorkerPool pool : this.engine.pools()) {
			try {
				waiting |= pool.inspect(now);
			}
			catch (RuntimeException | Error ex) {
				logger.log(Level.ERROR, "looking at " + pool.describe() + " failed; the monitor goes on", ex);
				waiting = true;
			}
		}
		return waiting;
	}

	void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

}
