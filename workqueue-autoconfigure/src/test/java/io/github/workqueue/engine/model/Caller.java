package io.github.workqueue.engine.model;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.WorkqueueDeadlockException;
import org.jspecify.annotations.Nullable;

/**
 * A call on some thread, and what has come of it so far.
 */
final class Caller implements Runnable {

	private final Callable<@Nullable Object> call;

	private final CountDownLatch done = new CountDownLatch(1);

	private volatile @Nullable Thread thread;

	private volatile @Nullable String outcome;

	Caller(Callable<@Nullable Object> call) {
		this.call = call;
	}

	@Override
	public void run() {
		this.thread = Thread.currentThread();
		this.outcome = outcomeOf(this.call);
		Thread.interrupted();
		this.thread = null;
		this.done.countDown();
	}

	private static String outcomeOf(Callable<@Nullable Object> call) {
		try {
			Object result = call.call();
			return (result != null) ? result.toString() : "done";
		}
		catch (WorkRejectedException ex) {
			return "rejected";
		}
		catch (WorkqueueDeadlockException ex) {
			return "deadlock";
		}
		catch (IllegalStateException ex) {
			return "illegal state";
		}
		catch (IllegalArgumentException ex) {
			return "illegal argument";
		}
		catch (TimeoutException ex) {
			return "timed out";
		}
		catch (InterruptedException ex) {
			return "interrupted";
		}
		catch (Throwable ex) {
			return ex.toString();
		}
	}

	/** What the call has returned; null if it has not within the time. */
	@Nullable String await(Duration patience) throws InterruptedException {
		this.done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
		return this.outcome;
	}

	/** What the call has returned; null if it has not yet. */
	@Nullable String outcome() {
		return (this.done.getCount() == 0) ? this.outcome : null;
	}

	/** Whether the thread has parked until somebody completes what it waits for. */
	boolean isWaiting() {
		Thread thread = this.thread;
		Object blocker = (thread != null) ? LockSupport.getBlocker(thread) : null;
		return blocker != null && blocker.getClass().getSimpleName().equals("Completion");
	}

	void interrupt() {
		Thread thread = this.thread;
		if (thread != null) {
			thread.interrupt();
		}
	}

}
