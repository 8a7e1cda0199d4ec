package io.github.workqueue.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What works do in a soak: nothing, wait for a lock, sleep, compute.
 */
final class SoakHandlers {

	private static final long BURN_NANOS = 1_000_000;

	private final ReentrantLock lock = new ReentrantLock();

	SoakBooks.Body of(int choice) {
		return switch (choice) {
			case 0 -> this::holdLock;
			case 1 -> () -> TimeUnit.MICROSECONDS.sleep(300);
			case 2 -> SoakHandlers::burn;
			default -> SoakHandlers::nothing;
		};
	}

	private void holdLock() throws InterruptedException {
		this.lock.lock();
		try {
			TimeUnit.MICROSECONDS.sleep(100);
		}
		finally {
			this.lock.unlock();
		}
	}

	static void nothing() {
	}

	private static void burn() {
		long end = System.nanoTime() + BURN_NANOS;
		while (System.nanoTime() - end < 0) {
			Thread.onSpinWait();
		}
	}

}
