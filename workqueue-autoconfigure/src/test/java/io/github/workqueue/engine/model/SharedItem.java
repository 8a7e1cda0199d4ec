package io.github.workqueue.engine.model;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.engine.WorkqueueEngine;

/**
 * An item of a crowd, and the count of what was accepted, removed and run. False from
 * {@code modify} means an accepted instance only if the item is never disabled, so items
 * are either moved or disabled.
 */
final class SharedItem {

	private final DelayedWorkItem item;

	private final SharedQueue home;

	private final boolean moved;

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger removed = new AtomicInteger();

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicInteger inside = new AtomicInteger();

	private volatile boolean overlapped;

	SharedItem(WorkqueueEngine engine, SharedQueue home, int number, SplittableRandom random) {
		this.home = home;
		this.moved = number % 2 == 0;
		int nanos = (random.nextInt(3) == 0) ? random.nextInt(50_000) : 0;
		boolean sleeps = random.nextInt(3) == 0;
		this.item = engine.initDelayedWork("item-" + number, home.queue, (work) -> run(nanos, sleeps));
	}

	private void run(int nanos, boolean sleeps) {
		this.overlapped |= this.inside.incrementAndGet() > 1;
		this.home.enter();
		this.runs.incrementAndGet();
		if (sleeps && nanos > 0) {
			LockSupport.parkNanos(nanos);
		}
		for (long start = System.nanoTime(); !sleeps && System.nanoTime() - start < nanos;) {
			Thread.onSpinWait();
		}
		this.home.leave();
		this.inside.decrementAndGet();
	}

	/** Asks for something that may make the item pending, or remove it. */
	void request(SplittableRandom random) throws InterruptedException {
		Duration delay = Duration.ofNanos(random.nextInt(200_000));
		switch (random.nextInt(9)) {
			case 0, 1, 2 -> accepted(this.item.schedule());
			case 3 -> accepted(this.item.schedule(delay));
			case 4 -> accepted(this.item.debounce(delay, random.nextBoolean() ? delay.multipliedBy(3) : null));
			case 5, 6 -> {
				if (this.moved) {
					accepted(!this.item.modify(random.nextBoolean() ? delay : Duration.ZERO));
				}
			}
			case 7 -> removed(this.item.cancel());
			default -> {
				if (!this.moved && this.home.hasRoom()) {
					removed(this.item.cancelSync());
				}
			}
		}
	}

	/** Returns false if the item is not one that is disabled. */
	boolean disable() {
		if (!this.moved) {
			removed(this.item.disable());
		}
		return !this.moved;
	}

	void enable(boolean queue) {
		if (!queue) {
			this.item.enable();
			return;
		}
		try {
			accepted(this.item.enableAndQueue(this.home.queue));
		}
		catch (WorkRejectedException ex) {
			this.item.enable();
		}
	}

	void flush(Duration timeout) throws InterruptedException {
		try {
			this.item.flush(timeout);
		}
		catch (TimeoutException ex) {
			// what it waits for may stay
		}
	}

	private void accepted(boolean yes) {
		this.accepted.addAndGet(yes ? 1 : 0);
	}

	private void removed(boolean yes) {
		this.removed.addAndGet(yes ? 1 : 0);
	}

	/** Fails if the item stays pending although nothing holds it up. */
	void awaitStart(Duration bound) throws InterruptedException {
		long start = System.nanoTime();
		while (this.item.isPending() && this.home.hasRoom()) {
			if (System.nanoTime() - start > bound.toNanos()) {
				throw new AssertionError(this + " is pending and does not start on " + this.home);
			}
			LockSupport.parkNanos(20_000);
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
	}

	/** Runs what is pending, and checks that the books balance. */
	void finish(Duration bound, String story) throws Exception {
		this.item.flush(bound);
		if (this.runs.get() != this.accepted.get() - this.removed.get()) {
			throw new AssertionError(this + " does not balance; " + story);
		}
		if (this.overlapped || this.home.hasOverlapped()) {
			throw new AssertionError(this + " ran beside itself, or beside others in order; " + story);
		}
	}

	@Override
	public String toString() {
		return this.item.name() + " (accepted " + this.accepted + ", removed " + this.removed + ", runs " + this.runs
				+ ")";
	}

}
