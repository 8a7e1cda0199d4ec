package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a MEM_RECLAIM queue that runs its items where no worker can be had
 * ({@code rescuer_thread}): one item of the queue always progresses. The monitor calls it
 * to a pool; there it works as an extra worker that is never counted, as long as a worker
 * is missing and items of its queue wait.
 */
final class Rescuer implements Runnable {

	/** {@code RESCUER_BATCH}: items in one pool while others call. */
	private static final int BATCH = 16;

	private static final System.Logger logger = System.getLogger(Rescuer.class.getName());

	final EngineWorkqueue queue;

	final String name;

	private final ReentrantLock lock = new ReentrantLock();

	/** Pools that have called, oldest first ({@code maydays}). */
	@GuardedBy("lock")
	private final Set<WorkerPool> calls = new LinkedHashSet<>();

	@Racy("set once, before the thread starts")
	private volatile @Nullable Thread thread;

	@Racy("written by this thread, read by snapshots")
	private volatile boolean active;

	@Racy("set once, when the queue ends")
	private volatile boolean stopped;

	private Rescuer(EngineWorkqueue queue) {
		this.queue = queue;
		this.name = "kworker/R-" + queue.name();
	}

	/**
	 * Makes and starts the rescuer of a queue.
	 * @throws IllegalStateException if there is no thread for it
	 */
	static Rescuer start(EngineWorkqueue queue, ThreadFactory factory) {
		Rescuer rescuer = new Rescuer(queue);
		try {
			Thread thread = factory.newThread(rescuer);
			if (thread == null) {
				throw new IllegalStateException("the thread factory returned null");
			}
			thread.setName(rescuer.name);
			rescuer.thread = thread;
			thread.start();
			return rescuer;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("workqueue '" + queue.name()
					+ "' was not allocated: its rescuer thread could not be started; free threads or drop MEM_RECLAIM",
					ex);
		}
	}

	/** A pool in which items of the queue wait misses a worker. */
	void request(WorkerPool pool) {
		this.lock.lock();
		try {
			this.calls.add(pool);
		}
		finally {
			this.lock.unlock();
		}
		LockSupport.unpark(this.thread);
	}

	private @Nullable WorkerPool nextCall() {
		this.lock.lock();
		try {
			WorkerPool first = this.calls.isEmpty() ? null : this.calls.iterator().next();
			this.calls.remove(first);
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean othersCall() {
		this.lock.lock();
		try {
			return !this.calls.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isActive() {
		return this.active;
	}

	@Override
	public void run() {
		while (true) {
			WorkerPool pool = nextCall();
			if (pool != null) {
				rescue(pool);
			}
			else if (this.stopped) {
				return;
			}
			else {
				// an interrupt that nobody takes would end every park at once
				Thread.interrupted();
				LockSupport.park(this);
			}
		}
	}

	private void rescue(WorkerPool pool) {
		Worker worker = new Worker(pool, this.name, true);
		worker.bind(Thread.currentThread());
		worker.readThread();
		Worker.setCurrent(worker);
		this.active = true;
		try {
			work(pool, worker);
		}
		catch (RuntimeException | Error ex) {
			logger.log(Level.ERROR, "rescuer " + this.name + " failed in " + pool + "; it goes on", ex);
		}
		finally {
			this.active = false;
			Worker.setCurrent(null);
		}
	}

	private void work(WorkerPool pool, Worker worker) {
		QueueLink link = this.queue.linkIn(pool);
		pool.rescue.join(worker);
		boolean failed = true;
		try {
			runItems(pool, worker, link);
			failed = false;
		}
		finally {
			leave(pool, worker, link, failed);
		}
	}

	private void runItems(WorkerPool pool, Worker worker, QueueLink link) {
		int count = 0;
		boolean more;
		do {
			more = (count <= BATCH || !othersCall()) && pool.rescue.next(worker, link);
			pool.afterNext(worker);
			if (more) {
				worker.execution.run();
				count++;
			}
		}
		while (more);
	}

	/** After a failure it comes again when the monitor calls, which is not at once. */
	private void leave(WorkerPool pool, Worker worker, QueueLink link, boolean failed) {
		if (pool.rescue.leave(worker, link) && !failed) {
			request(pool);
		}
		pool.afterNext(worker);
	}

	/** Ends the thread when nobody calls any more. */
	void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

}
