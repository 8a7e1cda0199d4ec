package io.github.workqueue.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * What one thread waits for: that a number of barriers are reached
 * ({@code struct completion}). The waiting thread makes it, adds one for every barrier
 * that it places, and waits; any thread completes them.
 */
final class Completion {

	/** Wait without a limit. */
	static final long FOREVER = Long.MAX_VALUE;

	private final AtomicInteger remaining = new AtomicInteger();

	private final Thread waiter = Thread.currentThread();

	private final TimeSource time;

	@Racy("set by the waiter when its wait has failed; a chain that is made longer drops it")
	private volatile boolean givenUp;

	Completion(TimeSource time) {
		this.time = time;
	}

	/** Makes a barrier that this completion waits for, in front of others. */
	Barrier barrier(@Nullable Barrier next) {
		this.remaining.incrementAndGet();
		return new Barrier(this, awaited(next));
	}

	/** The chain without the first of those that nobody waits for any more. */
	private static @Nullable Barrier awaited(@Nullable Barrier chain) {
		Barrier first = chain;
		while (first != null && first.completion.givenUp) {
			first = first.next;
		}
		return first;
	}

	private void complete() {
		if (this.remaining.decrementAndGet() == 0) {
			LockSupport.unpark(this.waiter);
		}
	}

	boolean isDone() {
		return this.remaining.get() <= 0;
	}

	/**
	 * Waits; a worker that waits here counts as asleep from the start.
	 * @param nanos the longest wait, or {@link #FOREVER}
	 * @return false if the time ran out
	 */
	boolean await(long nanos) throws InterruptedException {
		if (isDone()) {
			return true;
		}
		Worker worker = Worker.current();
		if (worker == null) {
			return park(nanos);
		}
		boolean outermost = worker.beginBlocking();
		try {
			return park(nanos);
		}
		finally {
			if (outermost) {
				worker.endBlocking();
			}
		}
	}

	private boolean park(long nanos) throws InterruptedException {
		boolean done = false;
		try {
			done = parkUntilDone(nanos);
			return done;
		}
		finally {
			this.givenUp = !done;
		}
	}

	private boolean parkUntilDone(long nanos) throws InterruptedException {
		long start = (nanos != FOREVER) ? this.time.nanoTime() : 0;
		while (!isDone()) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			if (nanos == FOREVER) {
				LockSupport.park(this);
				continue;
			}
			long left = nanos - (this.time.nanoTime() - start);
			if (left <= 0) {
				return false;
			}
			this.time.parkNanos(this, left);
		}
		return true;
	}

	/**
	 * One place that must be passed; several in one place form a chain.
	 */
	static final class Barrier {

		private final Completion completion;

		private final @Nullable Barrier next;

		private Barrier(Completion completion, @Nullable Barrier next) {
			this.completion = completion;
			this.next = next;
		}

		/** Lets all waiters of a chain pass. */
		static void completeAll(@Nullable Barrier first) {
			for (Barrier barrier = first; barrier != null; barrier = barrier.next) {
				barrier.completion.complete();
			}
		}

	}

}
