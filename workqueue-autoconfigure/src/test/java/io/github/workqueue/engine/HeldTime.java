package io.github.workqueue.engine;

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * The clock of the JVM, which holds a chosen thread when that has taken an item and is
 * about to push it: a pool reads the time before it takes over an item that finds the
 * inbox empty.
 */
final class HeldTime implements TimeSource, AutoCloseable {

	private final CountDownLatch release = new CountDownLatch(1);

	private volatile @Nullable String wanted;

	private volatile boolean holding;

	/** Holds the first thread whose name begins like this at its next push. */
	void hold(String prefix) {
		this.wanted = prefix;
	}

	boolean isHolding() {
		return this.holding;
	}

	void letGo() {
		this.release.countDown();
	}

	@Override
	public long nanoTime() {
		String prefix = this.wanted;
		if (prefix != null && Thread.currentThread().getName().startsWith(prefix) && isPush()) {
			this.wanted = null;
			this.holding = true;
			awaitRelease();
		}
		return TimeSource.SYSTEM.nanoTime();
	}

	private static boolean isPush() {
		return StackWalker.getInstance()
			.walk((frames) -> frames
				.anyMatch((frame) -> frame.getClassName().equals(WorkerPool.class.getName()) && isPush(frame)));
	}

	private static boolean isPush(StackWalker.StackFrame frame) {
		return frame.getMethodName().equals("push") || frame.getMethodName().equals("put");
	}

	private void awaitRelease() {
		boolean interrupted = false;
		while (this.release.getCount() > 0) {
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		letGo();
	}

}
