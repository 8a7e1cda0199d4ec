package io.github.workqueue.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run took place.
 *
 * @param cores processors that the JVM may use
 * @param cpu model of the CPU
 * @param system operating system with its version
 * @param jdk version of the JVM
 */
record Machine(int cores, String cpu, String system, String jdk) {

	static Machine here() {
		return new Machine(Runtime.getRuntime().availableProcessors(), cpuModel(),
				System.getProperty("os.name") + " " + System.getProperty("os.version"),
				System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
	}

	private static String cpuModel() {
		try {
			return Files.readAllLines(Path.of("/proc/cpuinfo"))
				.stream()
				.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElseGet(() -> System.getProperty("os.arch"));
		}
		catch (IOException ex) {
			return System.getProperty("os.arch");
		}
	}

}
