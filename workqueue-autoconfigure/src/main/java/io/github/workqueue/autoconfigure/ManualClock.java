package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.engine.TimeSource;

/**
 * A clock that is turned by hand. Threads that wait for it look at it every few
 * milliseconds.
 */
final class ManualClock implements TimeSource {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final AtomicLong nanos = new AtomicLong();

	@Override
	public long nanoTime() {
		return this.nanos.get();
	}

	@Override
	public void parkNanos(Object blocker, long nanos) {
		LockSupport.parkNanos(blocker, LOOK_NANOS);
	}

	void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
