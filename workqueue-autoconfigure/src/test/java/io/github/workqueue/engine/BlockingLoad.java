package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

/**
 * Items of one queue on one CPU, of which some end soon and others stay until they are
 * let go. It learns what happens from the handlers alone: it neither looks into the
 * engine nor wakes anybody there.
 */
final class BlockingLoad {

	private final WorkqueueEngine engine;

	private final Workqueue queue;

	private final int cpu;

	private final Semaphore permits = new Semaphore(0);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private int accepted;

	private int started;

	private int staying;

	private int ended;

	BlockingLoad(WorkqueueEngine engine, Workqueue queue, int cpu) {
		this.engine = engine;
		this.queue = queue;
		this.cpu = cpu;
	}

	/** Queues an item that stays, and may say so. */
	void queueStaying(boolean hinted) {
		queue(this.engine.initWork("staying", (work) -> {
			started(1);
			if (hinted) {
				this.engine.blocking(this::stay);
			}
			else {
				stay();
			}
			ended();
		}));
	}

	private @Nullable Void stay() throws InterruptedException {
		this.permits.acquire();
		return null;
	}

	/** Queues an item that ends when it has burned CPU, then slept for a time. */
	void queueShort(long burned, long slept) {
		queue(this.engine.initWork("short", (work) -> {
			started(0);
			burn(burned);
			if (slept > 0) {
				LockSupport.parkNanos(slept);
			}
			ended();
		}));
	}

	static void burn(long nanos) {
		for (long start = System.nanoTime(); System.nanoTime() - start < nanos;) {
			Thread.onSpinWait();
		}
	}

	private void queue(WorkItem work) {
		change(() -> this.accepted++);
		this.queue.queueOn(this.cpu, work);
	}

	private void started(int stays) {
		change(() -> {
			this.started++;
			this.staying += stays;
		});
	}

	private void ended() {
		change(() -> this.ended++);
	}

	private void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until all items have started, or as many stay as the limit lets in.
	 * @return false if neither comes true in time
	 */
	boolean awaitStarts(int limit, Duration patience) throws InterruptedException {
		long left = patience.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (this.started < this.accepted && this.staying < limit && left > 0) {
				left = this.changed.awaitNanos(left);
			}
			return this.started == this.accepted || this.staying >= limit;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** How many items stay now. */
	int staying() {
		this.lock.lock();
		try {
			return this.staying;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets some of those go that stay now. */
	void letGo(int count) {
		change(() -> this.staying -= count);
		this.permits.release(count);
	}

	/**
	 * Lets all items go, those that have not started too, and waits for their ends.
	 * @return false if some do not end in time
	 */
	boolean finish(Duration patience) throws InterruptedException {
		this.permits.release(this.accepted);
		long left = patience.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (this.ended < this.accepted && left > 0) {
				left = this.changed.awaitNanos(left);
			}
			return this.ended == this.accepted;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String toString() {
		this.lock.lock();
		try {
			return this.accepted + " items accepted on CPU " + this.cpu + ", " + this.started + " started, "
					+ this.staying + " stay, " + this.ended + " ended";
		}
		finally {
			this.lock.unlock();
		}
	}

}
