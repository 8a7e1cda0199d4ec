package io.github.workqueue.benchmark.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.workqueue.benchmark.GrowthBenchmark;
import io.github.workqueue.benchmark.Sample;
import io.github.workqueue.benchmark.report.Jmh.Figure;

/** P11: the same among ever more queues and keys. */
final class GrowthRows implements Part {

	private static final String FEWEST = "fewest";

	@Override
	public List<Row> measure() throws Exception {
		List<Row> rows = new ArrayList<>();
		rows.addAll(rows(Jmh.of(GrowthBenchmark.class, "burstOverQueues")
			.with("queues", List.of(1, 100, 1000, 10_000), List.of(1, 1000))
			.run(), "queues", "burst of 10,000 over %,d queues"));
		rows.addAll(rows(Jmh.of(GrowthBenchmark.class, "scheduleAndCancelKey")
			.with("others", List.of(0, 1000, 1_000_000), List.of(0, 100_000))
			.run(), "others", "schedule and cancel a key, %,d others pending"));
		return rows;
	}

	private static List<Row> rows(List<Figure> figures, String parameter, String title) {
		List<Figure> sorted = figures.stream()
			.sorted(Comparator.comparingInt((figure) -> figure.number(parameter)))
			.toList();
		List<Row> rows = new ArrayList<>();
		for (Figure figure : sorted) {
			Sample sample = figure.sample("P11", title.formatted(figure.number(parameter)), "ns", "workqueue");
			boolean first = figure == sorted.get(0);
			rows.add(new Row(sample, first ? List.of() : List.of(sample.with(FEWEST, sorted.get(0).score())),
					first ? Goal.NONE : Goal.ratio(1.5, FEWEST, "with the fewest")));
		}
		return rows;
	}

}
