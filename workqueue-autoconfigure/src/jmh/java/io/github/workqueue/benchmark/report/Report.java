package io.github.workqueue.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.benchmark.DurableMeasurement;
import io.github.workqueue.benchmark.Effort;
import io.github.workqueue.benchmark.IdleMeasurement;
import io.github.workqueue.benchmark.LatenessMeasurement;
import io.github.workqueue.benchmark.MemoryMeasurement;
import io.github.workqueue.benchmark.StartUpMeasurement;
import io.github.workqueue.benchmark.StepMeasurement;
import io.github.workqueue.engine.ReplacementMeasurement;

/**
 * Measures all, or the parts whose names match the first argument, and writes
 * {@code results.md}, {@code summary.md}, {@code results.json} and the pictures into
 * {@code target/benchmarks/jdkN}, anew after each part.
 */
public final class Report {

	static final Path DIRECTORY = Path.of("target", "benchmarks", "jdk" + Runtime.version().feature());

	private final long start = System.nanoTime();

	private final List<Row> rows = new ArrayList<>();

	private int failures;

	private Report() {
	}

	public static void main(String[] arguments) throws Exception {
		String wanted = (arguments.length > 0) ? arguments[0] : ".*";
		Files.createDirectories(DIRECTORY);
		Report report = new Report();
		for (Map.Entry<String, Part> part : parts().entrySet()) {
			if (part.getKey().matches(wanted)) {
				report.add(part.getKey(), part.getValue());
			}
		}
		System.exit(report.failures);
	}

	private static Map<String, Part> parts() {
		Map<String, Part> parts = new LinkedHashMap<>();
		parts.put("coalescing", new CoalescingRows());
		parts.put("bursts", new BurstRows());
		parts.put("handoff", new HandOffRows());
		parts.put("timers", new TimerRows());
		parts.put("lateness", MainRows.of(LatenessMeasurement.class, Goals::lateness));
		parts.put("replacement", MainRows.of(ReplacementMeasurement.class, Goals::replacement));
		parts.put("mixed", new MixedLoadRows());
		parts.put("idle", MainRows.of(IdleMeasurement.class, Goals::idle));
		parts.put("observation", new ObservationRows());
		parts.put("growth", new GrowthRows());
		parts.put("memory", MainRows.of(MemoryMeasurement.class, Goals::memory, "-Xmx3g", "-XX:+UseSerialGC"));
		parts.put("startup", MainRows.of(StartUpMeasurement.class, Goals::startUp));
		parts.put("durable", MainRows.of(DurableMeasurement.class, Goals::durable));
		parts.put("steps", MainRows.of(StepMeasurement.class, Goals::steps));
		return parts;
	}

	/** A part that fails does not take the others' figures with it. */
	private void add(String name, Part part) throws IOException {
		long before = System.nanoTime();
		try {
			this.rows.addAll(part.measure());
			System.out.printf("%-12s %4d s%n", name, secondsSince(before));
		}
		catch (Exception ex) {
			this.failures++;
			System.out.printf("%-12s failed: %s%n", name, ex);
		}
		write();
	}

	private void write() throws IOException {
		Results results = new Results(Machine.here(), Effort.QUICK, secondsSince(this.start), this.rows);
		Files.writeString(DIRECTORY.resolve("results.md"), Markdown.of(results));
		Files.writeString(DIRECTORY.resolve("summary.md"), Markdown.of(Summary.of(results)));
		String json = Json.of(results);
		Files.writeString(DIRECTORY.resolve("results.json"), json);
		Pictures.draw(json, DIRECTORY);
	}

	private static long secondsSince(long nanos) {
		return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
	}

}
