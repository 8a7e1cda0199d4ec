package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import io.github.workqueue.engine.TimeSource;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A clock that is turned by hand. Threads that wait for it look at it every few
 * milliseconds. When the context closes nobody turns it any more, so it goes by itself:
 * the limits of the close are those of a real engine.
 */
final class ManualClock implements TimeSource, ApplicationListener<ContextClosedEvent> {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final AtomicLong nanos = new AtomicLong();

	private volatile LongSupplier sinceClose = () -> 0;

	@Override
	public long nanoTime() {
		return this.nanos.get() + this.sinceClose.getAsLong();
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		long closedAt = System.nanoTime();
		this.sinceClose = () -> System.nanoTime() - closedAt;
	}

	/** A blocked worker is replaced although no time passes. */
	@Override
	public long lookNanos() {
		return System.nanoTime();
	}

	@Override
	public void parkNanos(Object blocker, long nanos) {
		LockSupport.parkNanos(blocker, LOOK_NANOS);
	}

	void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
