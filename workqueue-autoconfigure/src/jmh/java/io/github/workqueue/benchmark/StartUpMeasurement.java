package io.github.workqueue.benchmark;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * P12: from the start of the JVM until an application is ready, with the starter and
 * without. Nothing is queued. Medians of interleaved starts.
 */
public final class StartUpMeasurement {

	private static final int ROUNDS = Effort.of(21, 2);

	/** What {@code spring-boot-starter} brings. */
	private static final List<String> SMALL = List.of("spring-boot-4", "spring-boot-autoconfigure-4", "spring-core",
			"spring-beans", "spring-context-7", "spring-aop", "spring-expression", "micrometer-commons",
			"micrometer-observation-1", "commons-logging", "jspecify", "logback", "slf4j-api", "log4j", "jul-to-slf4j",
			"jakarta.annotation", "snakeyaml");

	private StartUpMeasurement() {
	}

	public static void main(String[] arguments) throws Exception {
		measure("start of a small application", (entry) -> SMALL.stream().anyMatch(entry::startsWith));
		if (Effort.QUICK) {
			return;
		}
		measure("start of a web application with Actuator, Prometheus, JDBC, Hibernate", (entry) -> true);
	}

	private static void measure(String what, Predicate<String> jars) throws Exception {
		List<Double> with = new ArrayList<>();
		List<Double> without = new ArrayList<>();
		for (int i = -1; i < ROUNDS; i++) {
			double first = start(classPath(jars, true));
			double second = start(classPath(jars, false));
			if (i >= 0) {
				with.add(first);
				without.add(second);
			}
		}
		print(what, "workqueue", with);
		print(what, "without the starter", without);
	}

	private static void print(String what, String subject, List<Double> millis) {
		double median = Percentiles.median(millis.stream().mapToDouble(Double::doubleValue).toArray());
		Sample.of("P12", what, "ms", subject, median).print();
	}

	private static String classPath(Predicate<String> jars, boolean starter) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> belongs(new File(entry), jars, starter))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static boolean belongs(File entry, Predicate<String> jars, boolean starter) {
		return switch (entry.getName()) {
			case "test-classes" -> true;
			case "classes" -> starter;
			default -> jars.test(entry.getName());
		};
	}

	private static double start(String classPath) throws Exception {
		List<String> lines = new ChildJvm(classPath).run(StartUpApplication.class, "--spring.main.banner-mode=off",
				"--server.port=0", "--server.address=127.0.0.1");
		return lines.stream()
			.filter((line) -> line.startsWith(StartUpApplication.MARK))
			.mapToDouble((line) -> Double.parseDouble(line.substring(StartUpApplication.MARK.length())))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("no start:\n" + String.join("\n", lines)));
	}

}
