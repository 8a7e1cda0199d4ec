package io.github.workqueue.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Sees to it that nothing stands still in a pool: the one place that decides who comes
 * for an item that waits.
 *
 * <h2>The promise</h2> An item waits while it lies in the inbox or on the worklist.
 * Whenever one waits and no thread is in the middle of a step below, at least one of
 * these holds:
 * <ol>
 * <li>the pool is watched: the monitor comes back to it until nothing waits, finds
 * counted workers that sleep, and kicks if nobody is counted;</li>
 * <li>a worker is on its way to take the pool's lock: it was woken and has not left the
 * idle list yet, or is being made, or is the only one that a BH pool may have.</li>
 * </ol>
 *
 * <h2>The steps</h2> Four rules keep the promise; nothing else has to.
 * <dl>
 * <dt>R1, a producer</dt>
 * <dd>pushes, then reads the number of counted workers. At zero it kicks. Else, if the
 * inbox was empty, it replaces the counted worker if that sleeps, or has the pool
 * watched. If the inbox was not empty, whoever pushed first does that for all.</dd>
 * <dt>R2, the lock</dt>
 * <dd>whoever releases the pool's lock while an item waits has the pool watched, whatever
 * the lock was taken for. So a free lock and an item on the worklist mean: watched.</dd>
 * <dt>R3, the monitor</dt>
 * <dd>ends the watch only under the lock. By R2 it looks after that whether something
 * waits, when it releases the lock, and takes the watch up again.</dd>
 * <dt>R4, a kick</dt>
 * <dd>wakes the first idle worker, or makes one if there is none; if it can do neither,
 * it has the pool watched. If somebody turns out to be awake, R2 has seen to that.</dd>
 * </dl>
 *
 * <h2>Why they suffice</h2> The inbox, the number of counted workers, the first idle
 * worker, {@code wakeSent}, {@code creating} and {@code watched} are volatile, and every
 * pair of threads below writes one of them before it reads the other, so at least one of
 * the two sees what the other has written.
 * <ul>
 * <li>An item on the worklist came there under the lock: R2 and R3.</li>
 * <li>A producer that sees somebody counted has the pool watched. The monitor that ends
 * the watch at that moment clears {@code watched} before it reads the inbox; the producer
 * pushes before it reads {@code watched}.</li>
 * <li>A producer that sees nobody counted kicks. A worker that it wakes, or finds woken,
 * takes the lock later and applies R2 to what is left; so does the maker of a worker that
 * it finds at work. A worker that was counted meanwhile was counted under the lock, and
 * whoever holds that reads the inbox after it.</li>
 * <li>A worker that leaves the idle list or rests changes what producers read before its
 * own release reads the inbox.</li>
 * </ul>
 * {@code PoolLock} asserts R2 each time that it is taken.
 * <p>
 * Kernel: {@code kick_pool}, {@code need_more_worker}, and invariant 19 of work
 * conservation. There the scheduler reports each sleeper, so (1) has no counterpart.
 */
final class PoolProgress {

	private static final VarHandle WATCHED;

	static {
		try {
			WATCHED = MethodHandles.lookup().findVarHandle(PoolProgress.class, "watched", boolean.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final WorkerPool pool;

	@Racy("set by CAS by anybody, cleared by the monitor under the pool's lock: the monitor comes back to the pool")
	private volatile boolean watched;

	PoolProgress(WorkerPool pool) {
		this.pool = pool;
	}

	/**
	 * R1. Called by a producer after it has pushed, without the lock.
	 * @param first whether the inbox was empty before
	 */
	void pushed(boolean first) {
		if (this.pool.concurrency.running() == 0) {
			kick();
		}
		else if (first) {
			look();
		}
	}

	/**
	 * Sees at once to items that a changed limit, or one that was taken away, has made
	 * active, where R2 alone would have them wait for the monitor. Called without the
	 * lock.
	 */
	void activated() {
		if (this.pool.concurrency.running() == 0) {
			kick();
		}
		else {
			look();
		}
	}

	/** Replaces the counted worker if it sleeps, or has the pool watched. */
	private void look() {
		if (!this.pool.concurrency.lookAtCounted()) {
			watch();
		}
	}

	/** R4. Called without the lock. */
	void kick() {
		if (this.pool.concurrency.recountedSomebody()) {
			return;
		}
		Worker worker = this.pool.idle.first();
		if (worker != null) {
			worker.wake();
			if (!worker.begun) {
				watch();
			}
		}
		else if (!this.pool.creation.createIfNeeded()) {
			watch();
		}
	}

	/** Has the monitor come to the pool until it ends the watch. Any thread. */
	void watch() {
		if (mark()) {
			this.pool.engine.monitor.wake();
		}
	}

	boolean isWatched() {
		return this.watched;
	}

	/**
	 * Marks the pool as watched.
	 * @return whether the caller must wake the monitor: it was not watched, or the
	 * monitor's thread could not be started when it was marked
	 */
	private boolean mark() {
		return (!this.watched && WATCHED.compareAndSet(this, false, true)) || !this.pool.engine.monitor.isStarted();
	}

	/**
	 * R2. Called by the holder of the lock, as the last thing before it is released.
	 * @return whether the caller must wake the monitor when it has released the lock
	 */
	boolean leave() {
		return (this.pool.hasWaiting() || this.pool.hasArrivals()) && mark();
	}

	/** R3. Called by the monitor under the lock. */
	void endWatch() {
		assert this.pool.lock.isHeldByCurrentThread();
		this.watched = false;
	}

	/** Whether R2 was kept, for assertions of the holder of the lock. */
	boolean isKept() {
		return this.watched || !this.pool.hasWaiting();
	}

}
