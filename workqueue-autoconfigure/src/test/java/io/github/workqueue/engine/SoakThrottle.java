package io.github.workqueue.engine;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;

/**
 * Makes pauses so long that the JVM takes about half a core.
 */
final class SoakThrottle {

	private static final double CORES = 0.5;

	private static final long SHORTEST = 100_000;

	private static final long LONGEST = 200_000_000;

	private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private volatile long pauseNanos = 5_000_000;

	private long wall = System.nanoTime();

	private long cpu = this.system.getProcessCpuTime();

	void pause() {
		LockSupport.parkNanos(this.pauseNanos);
	}

	/** Works the pause out anew, from the load since the last call. */
	void adjust() {
		long wallNow = System.nanoTime();
		long cpuNow = this.system.getProcessCpuTime();
		double cores = (double) (cpuNow - this.cpu) / (wallNow - this.wall);
		double factor = Math.max(0.5, Math.min(2, cores / CORES));
		this.pauseNanos = Math.max(SHORTEST, Math.min(LONGEST, (long) (this.pauseNanos * factor)));
		this.wall = wallNow;
		this.cpu = cpuNow;
	}

}
