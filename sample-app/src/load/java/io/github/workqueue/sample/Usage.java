package io.github.workqueue.sample;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.sun.management.OperatingSystemMXBean;

/**
 * What the sample has done and used. Linux only.
 *
 * @param indexings how often a file was looked at since the start
 * @param cpuNanos CPU time since the start
 * @param heap the sum of the pools' peaks since it was last asked for, in bytes
 * @param memory the most that was resident since the start, in bytes
 */
public record Usage(long indexings, long cpuNanos, long heap, long memory) {

	private static final String MARK = "usage";

	static Usage now(long indexings) throws IOException {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return new Usage(indexings, system.getProcessCpuTime(), heapPeak(), residentPeak());
	}

	private static long heapPeak() {
		List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.toList();
		long peak = pools.stream().mapToLong((pool) -> pool.getPeakUsage().getUsed()).sum();
		pools.forEach(MemoryPoolMXBean::resetPeakUsage);
		return peak;
	}

	private static long residentPeak() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmHWM:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.findFirst()
			.orElseThrow();
	}

	/** Prints it for whoever started this JVM. */
	void print() {
		System.out.println(String.join("\t", MARK, Long.toString(this.indexings), Long.toString(this.cpuNanos),
				Long.toString(this.heap), Long.toString(this.memory)));
	}

	/** Reads a line of the sample. */
	public static Optional<Usage> parse(String line) {
		String[] parts = line.split("\t");
		if (parts.length != 5 || !parts[0].equals(MARK)) {
			return Optional.empty();
		}
		return Optional.of(new Usage(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]),
				Long.parseLong(parts[4])));
	}

}
