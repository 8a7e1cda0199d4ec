package io.github.workqueue.sample.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.workqueue.benchmark.Effort;
import io.github.workqueue.benchmark.Percentiles;
import io.github.workqueue.benchmark.Sample;
import io.github.workqueue.sample.Variant;
import io.github.workqueue.sample.load.Round.Figure;

import org.springframework.util.FileSystemUtils;

/**
 * The sample and its variants, each in fresh JVMs, while many files are saved at once and
 * others search. Medians of interleaved runs.
 */
public final class LoadMeasurement {

	private static final int RUNS = Integer.getInteger("load.runs", Effort.of(5, 1));

	private static final int FILES_PER_DIRECTORY = Effort.of(50, 10);

	/** As many saves in both: of files that differ, and of the same ones. */
	private static final List<Load> LOADS = List.of(new Load(FILES_PER_DIRECTORY, 1),
			new Load(FILES_PER_DIRECTORY / 5, 5));

	private final Map<Sample, List<Double>> values = new LinkedHashMap<>();

	private LoadMeasurement() {
	}

	public static void main(String[] arguments) throws Exception {
		LoadMeasurement measurement = new LoadMeasurement();
		for (int i = 0; i < RUNS; i++) {
			for (Variant variant : available()) {
				measurement.run(variant);
			}
		}
		measurement.print();
	}

	private static List<Variant> available() {
		return wanted().filter(Variant::isAvailable).toList();
	}

	/** All, or those that are named. */
	private static Stream<Variant> wanted() {
		String names = System.getProperty("load.variants", "");
		return names.isEmpty() ? Arrays.stream(Variant.values())
				: Arrays.stream(names.split(",")).map(LoadMeasurement::variant);
	}

	private static Variant variant(String name) {
		return Arrays.stream(Variant.values())
			.filter((variant) -> variant.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'" + name + "' in load.variants is none of "
					+ Arrays.toString(Variant.values()) + ", separated by commas"));
	}

	private void run(Variant variant) throws Exception {
		Path directory = Files.createTempDirectory("load-").toRealPath();
		try {
			FileTree tree = FileTree.create(directory.resolve("tree"), FILES_PER_DIRECTORY);
			Path staging = Files.createDirectory(directory.resolve("staging"));
			try (LoadedJvm sample = LoadedJvm.start(variant, tree.root(), directory.resolve("journal.log"))) {
				Round round = new Round(sample, tree);
				round.awaitTree();
				for (Load load : Effort.of(LOADS, List.<Load>of())) {
					round.run(load, staging);
				}
				for (Load load : LOADS) {
					add(variant, load, round.run(load, staging));
				}
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private void add(Variant variant, Load load, Map<Figure, Double> figures) {
		figures.forEach((figure, value) -> {
			Sample key = Sample.of("load", load.title() + ": " + figure.what(), figure.unit(), variant.title(), 0);
			this.values.computeIfAbsent(key, (sample) -> new ArrayList<>()).add(value);
		});
	}

	private void print() {
		this.values.forEach((sample, values) -> {
			double median = Percentiles.median(values.stream().mapToDouble(Double::doubleValue).toArray());
			sample.with(sample.subject(), median).print();
		});
	}

}
