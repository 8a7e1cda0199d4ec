package io.github.workqueue.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.workqueue.benchmark.Sample;

/** Puts the samples of one figure into rows, one per subject of ours. */
final class Grouping {

	private Grouping() {
	}

	static List<Row> rows(List<Sample> samples, Function<Sample, Goal> goals) {
		Map<String, List<Sample>> figures = samples.stream()
			.collect(Collectors.groupingBy((sample) -> sample.measure() + sample.what() + sample.unit(),
					LinkedHashMap::new, Collectors.toList()));
		List<Row> rows = new ArrayList<>();
		for (List<Sample> figure : figures.values()) {
			List<Sample> peers = figure.stream().filter((sample) -> !isOurs(sample)).toList();
			figure.stream()
				.filter(Grouping::isOurs)
				.forEach((ours) -> rows.add(new Row(ours, peers, goals.apply(ours))));
		}
		return rows;
	}

	private static boolean isOurs(Sample sample) {
		return sample.subject().startsWith("system_") || sample.subject().startsWith("workqueue");
	}

}
