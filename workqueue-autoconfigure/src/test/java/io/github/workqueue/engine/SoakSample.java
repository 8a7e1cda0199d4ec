package io.github.workqueue.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What a JVM holds at a point of a soak, after a collection of its garbage.
 *
 * @param time the time since the start
 * @param operations the calls made since the start
 * @param heap the bytes of heap in use
 * @param threads the live threads
 * @param files the open files
 * @param keys the keys that are pending or running
 * @param timers the armed timers
 * @param cpu the CPU time of the JVM since its start
 */
record SoakSample(Duration time, long operations, long heap, long threads, long files, int keys, int timers,
		Duration cpu) {

	static SoakSample take(Duration time, SoakLoad load) {
		System.gc();
		UnixOperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
		return new SoakSample(time, load.books.operations(),
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				ManagementFactory.getThreadMXBean().getThreadCount(), system.getOpenFileDescriptorCount(), load.keys(),
				load.timers(), Duration.ofNanos(system.getProcessCpuTime()));
	}

	@Override
	public String toString() {
		return "soak %6d s: operations %d, heap %d kB, threads %d, files %d, keys %d, timers %d, cpu %d s".formatted(
				this.time.toSeconds(), this.operations, this.heap >> 10, this.threads, this.files, this.keys,
				this.timers, this.cpu.toSeconds());
	}

}
