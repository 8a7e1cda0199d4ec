package io.github.workqueue.testing;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.engine.TimeSource;

/**
 * A clock that stands still until the test turns it. Who waits for a time is woken by
 * every turn and looks for itself.
 */
public final class ManualTime implements TimeSource {

	private final Set<Thread> parked = ConcurrentHashMap.newKeySet();

	private volatile long now = 1_000_000_000_000L;

	/** From when on a thread counts its wait: a turn after this look is no wait. */
	private final ThreadLocal<Long> seen = ThreadLocal.withInitial(() -> this.now);

	@Override
	public long nanoTime() {
		long now = this.now;
		this.seen.set(now);
		return now;
	}

	@Override
	public void parkNanos(Object blocker, long nanos) {
		long until = this.seen.get() + nanos;
		this.parked.add(Thread.currentThread());
		try {
			if (until - this.now > 0) {
				LockSupport.park(blocker);
			}
		}
		finally {
			this.parked.remove(Thread.currentThread());
		}
	}

	/** Turns the clock, and wakes whoever waits for it. */
	public void advance(Duration duration) {
		this.now += duration.toNanos();
		this.parked.forEach(LockSupport::unpark);
	}

	/** Whether some thread waits for the clock. */
	public boolean isAwaited() {
		return !this.parked.isEmpty();
	}

}
