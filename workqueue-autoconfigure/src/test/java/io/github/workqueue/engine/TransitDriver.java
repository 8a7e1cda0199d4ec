package io.github.workqueue.engine;

import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Sections of threads, and waits for those that began before.
 */
public final class TransitDriver {

	private final Transit transit = new Transit(TimeSource.SYSTEM);

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	@Operation
	public void section() {
		int section = this.transit.enter();
		this.begun.incrementAndGet();
		this.ended.incrementAndGet();
		this.transit.exit(section);
	}

	/** Two sections at most may begin beside it, or the check means nothing. */
	@Operation
	public void await() throws InterruptedException {
		int before = this.begun.get();
		this.transit.awaitPrior(Completion.FOREVER);
		if (this.ended.get() < before) {
			throw new AssertionError("returned before a section that began earlier");
		}
	}

}
