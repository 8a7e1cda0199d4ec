package io.github.workqueue.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the JVM, with a count of how often the monitor looks.
 */
final class CountingProbe implements ThreadProbe {

	/** How often the CPU time of a thread was asked for. */
	final AtomicInteger looks = new AtomicInteger();

	@Override
	public boolean isWaiting(Thread thread) {
		return SYSTEM.isWaiting(thread);
	}

	@Override
	public long cpuNanos(Thread thread) {
		this.looks.incrementAndGet();
		return SYSTEM.cpuNanos(thread);
	}

	@Override
	public NativeStates nativeStates() {
		return SYSTEM.nativeStates();
	}

}
