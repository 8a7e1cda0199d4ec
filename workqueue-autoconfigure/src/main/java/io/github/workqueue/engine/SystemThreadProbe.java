package io.github.workqueue.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Asks the JVM, and on Linux the {@code /proc} file system.
 */
final class SystemThreadProbe implements ThreadProbe {

	private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private static final boolean cpuTime = threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();

	/** The CPU time of the calling platform thread, in nanoseconds; 0 if unknown. */
	static long currentCpuNanos() {
		return cpuTime ? threads.getCurrentThreadCpuTime() : 0;
	}

	@Override
	public boolean isWaiting(Thread thread) {
		return switch (thread.getState()) {
			case WAITING, TIMED_WAITING, BLOCKED -> true;
			case NEW, RUNNABLE, TERMINATED -> false;
		};
	}

	@Override
	public long cpuNanos(Thread thread) {
		return cpuTime ? threads.getThreadCpuTime(thread.getId()) : -1;
	}

	@Override
	public NativeStates nativeStates() {
		return new ProcStates();
	}

}
