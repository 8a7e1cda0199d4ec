package io.github.workqueue.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.workqueue.benchmark.Effort;
import io.github.workqueue.sample.Variant;
import io.github.workqueue.sample.load.LoadMeasurement;

/**
 * Puts the sample under load and writes {@code load.md} and {@code load.json} into
 * {@code target/benchmarks/jdkN}.
 */
public final class LoadReport {

	private static final Path DIRECTORY = Path.of("target", "benchmarks", "jdk" + Runtime.version().feature());

	private LoadReport() {
	}

	public static void main(String[] arguments) throws Exception {
		long start = System.nanoTime();
		List<Row> rows = MainRows.of(LoadMeasurement.class, (sample) -> Goal.NONE, options()).measure();
		write(new Results(Machine.here(), Effort.QUICK, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
				rows));
	}

	/** What the other JVM is told as well: the directory, and how to load. */
	private static String[] options() {
		return System.getProperties()
			.stringPropertyNames()
			.stream()
			.filter((property) -> property.equals("java.io.tmpdir") || property.startsWith("load."))
			.map((property) -> "-D" + property + "=" + System.getProperty(property))
			.toArray(String[]::new);
	}

	private static void write(Results results) throws IOException {
		Files.createDirectories(DIRECTORY);
		String table = Markdown.of(results) + leftOut();
		Files.writeString(DIRECTORY.resolve("load.md"), table);
		Files.writeString(DIRECTORY.resolve("load.json"), Json.of(results));
		System.out.println(table);
	}

	private static String leftOut() {
		return Arrays.stream(Variant.values())
			.filter((variant) -> !variant.isAvailable())
			.map((variant) -> "\nLeft out on this JDK: %s%n".formatted(variant.title()))
			.collect(Collectors.joining());
	}

}
