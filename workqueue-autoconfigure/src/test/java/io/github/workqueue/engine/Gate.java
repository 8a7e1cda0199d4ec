package io.github.workqueue.engine;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler that tells its start and waits until the test lets it go.
 */
final class Gate implements WorkHandler, AutoCloseable {

	private static final int ALL = 1 << 20;

	final AtomicInteger ended = new AtomicInteger();

	private final Semaphore started = new Semaphore(0);

	private final Semaphore permits = new Semaphore(0);

	private volatile boolean opened;

	@Override
	public void handle(WorkItem work) throws InterruptedException {
		enter();
		this.permits.acquire();
		this.ended.incrementAndGet();
	}

	/** A handler that tells its start and ends. */
	WorkHandler passing() {
		return (work) -> {
			enter();
			this.ended.incrementAndGet();
		};
	}

	/** A handler that burns CPU until the gate is open. */
	WorkHandler burning() {
		return (work) -> {
			enter();
			while (!isOpen()) {
				Thread.onSpinWait();
			}
			this.ended.incrementAndGet();
		};
	}

	/** Tells a start. */
	void enter() {
		this.started.release();
	}

	void awaitStarts(int count) throws InterruptedException {
		assertThat(this.started.tryAcquire(count, Engines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
			.as("%d starts", count)
			.isTrue();
	}

	boolean hasStarted() {
		return this.started.availablePermits() > 0;
	}

	void letGo(int count) {
		this.permits.release(count);
	}

	void open() {
		this.opened = true;
		this.permits.release(ALL);
	}

	boolean isOpen() {
		return this.opened;
	}

	@Override
	public void close() {
		open();
	}

}
