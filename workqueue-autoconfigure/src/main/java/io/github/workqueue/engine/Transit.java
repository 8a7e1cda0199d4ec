package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Sections in which threads have work items in their hands, and the wait for those that
 * began before. No kernel counterpart: there a request holds the lock of a pool.
 *
 * <h2>Invariant</h2> An item is TRANSIT, or QUEUED and not yet pushed, only while its
 * owner is in a section that began before the item was taken. A request looks at the
 * {@link QueueGate} inside its section, before it takes the item. Hence, when
 * {@link #awaitPrior} has returned,
 * <ul>
 * <li>every item that the caller, or whoever told it so, saw pending before is in a
 * pool's inbox or lists, is armed, or was pending no longer at some time since;</li>
 * <li>every request that did not see a gate which the caller had closed before has pushed
 * or armed its item, or left it alone.</li>
 * </ul>
 * In a section no user code is called and nothing is waited for but locks, whose holders
 * never wait for sections: so each ends, unless its thread is cut off.
 *
 * <h2>How</h2> {@link #enter} counts up one of the counters of the current phase,
 * {@link #exit} counts that down again. The phases take turns: the resting one becomes
 * current when all its counters were seen at zero, which later sections, counted in the
 * other, do not hinder for long. With two turns, each after a look at a whole phase,
 * every counter was zero once; a section that was counted before has left then. Whoever
 * waits has noted itself before it looks, and {@link #exit} counts down before it looks
 * for waiters: one of them makes the next turn.
 * <p>
 * Kernel's relative: SRCU, with a counter per thread stripe in place of one per CPU.
 */
final class Transit {

	/** Longs between two stripes: two cache lines, because neighbours are prefetched. */
	private static final int STRIDE = 16;

	private static final int STRIPES = Math.min(64,
			Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2);

	/** Looks at a section that is about to end before the caller parks. */
	private static final int SPINS = Tuning.DEFAULT.spins();

	private final TimeSource time;

	/** Two counters for each stripe, side by side: one for each phase. */
	private final AtomicLongArray sections = new AtomicLongArray((STRIPES + 1) * STRIDE);

	/** A leaf. */
	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final List<Waiter> waiters = new ArrayList<>();

	@Racy("written under the lock; read by those who enter: its lowest bit is the current phase")
	private volatile long turn;

	@Racy("written under the lock; read by those who exit: whether there are waiters")
	private volatile boolean awaited;

	Transit(TimeSource time) {
		this.time = time;
	}

	/**
	 * Begins a section of the calling thread.
	 * @return what {@link #exit} is given
	 */
	int enter() {
		int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
		int section = (stripe + 1) * STRIDE + phase(this.turn);
		this.sections.getAndIncrement(section);
		return section;
	}

	/** Ends a section. */
	void exit(int section) {
		if (this.sections.decrementAndGet(section) == 0 && this.awaited && (section & 1) != phase(this.turn)) {
			takeTurns();
		}
	}

	/**
	 * Waits until all sections have ended that began before this call. The caller is in
	 * none; a worker that parks here counts as asleep.
	 * @param nanos the longest wait, or {@link Completion#FOREVER}
	 * @return false if the time ran out
	 */
	boolean awaitPrior(long nanos) throws InterruptedException {
		if (isEmpty(0) && isEmpty(1)) {
			return true;
		}
		Completion completion = new Completion(this.time);
		Completion.Barrier barrier = completion.barrier(null);
		Waiter waiter = afterPrior(() -> Completion.Barrier.completeAll(barrier));
		try {
			for (int i = 0; i < SPINS && !completion.isDone(); i++) {
				Thread.onSpinWait();
			}
			return completion.await(nanos);
		}
		finally {
			if (!completion.isDone()) {
				forget(waiter);
			}
		}
	}

	/** As {@link #awaitPrior}, without a limit; an interrupt is kept for the caller. */
	void awaitPriorUninterruptibly() {
		boolean interrupted = false;
		for (;;) {
			try {
				awaitPrior(Completion.FOREVER);
				break;
			}
			catch (InterruptedException ex) {
				// sections are short and never wait, so neither does this for long
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Calls back once, when all sections have ended that began before: this thread, or
	 * the one that ends the last of them, after that.
	 */
	Waiter afterPrior(Runnable action) {
		Waiter waiter;
		this.lock.lock();
		try {
			waiter = new Waiter(this.turn + 2, action);
			this.waiters.add(waiter);
			this.awaited = true;
		}
		finally {
			this.lock.unlock();
		}
		takeTurns();
		return waiter;
	}

	private void forget(Waiter waiter) {
		this.lock.lock();
		try {
			this.waiters.remove(waiter);
			this.awaited = !this.waiters.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Makes the turns that are due, and lets those go who waited for them. */
	private void takeTurns() {
		List<Waiter> done = new ArrayList<>();
		this.lock.lock();
		try {
			while (!this.waiters.isEmpty() && isEmpty(phase(this.turn + 1))) {
				this.turn = this.turn + 1;
				letGo(done);
			}
			this.awaited = !this.waiters.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
		done.forEach((waiter) -> waiter.action.run());
	}

	@GuardedBy("lock")
	private void letGo(List<Waiter> done) {
		for (Iterator<Waiter> all = this.waiters.iterator(); all.hasNext();) {
			Waiter waiter = all.next();
			if (waiter.turn <= this.turn) {
				all.remove();
				done.add(waiter);
			}
		}
	}

	private static int phase(long turn) {
		return (int) (turn & 1);
	}

	/** Whether every counter of a phase is seen at zero, one after the other. */
	private boolean isEmpty(int phase) {
		for (int stripe = 1; stripe <= STRIPES; stripe++) {
			if (this.sections.get(stripe * STRIDE + phase) != 0) {
				return false;
			}
		}
		return true;
	}

	/** Who is let go with a turn. */
	record Waiter(long turn, Runnable action) {

	}

}
