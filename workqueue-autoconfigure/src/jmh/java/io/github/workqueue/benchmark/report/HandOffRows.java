package io.github.workqueue.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.github.workqueue.benchmark.HandOffBenchmark;
import io.github.workqueue.benchmark.Sample;
import io.github.workqueue.benchmark.Subject;
import io.github.workqueue.benchmark.report.Jmh.Figure;

/** P4: hand-off to an idle pool. */
final class HandOffRows implements Part {

	@Override
	public List<Row> measure() throws Exception {
		List<Subject> subjects = Stream.of(Subject.values()).filter(Subject::isAvailable).toList();
		List<Figure> figures = Jmh.of(HandOffBenchmark.class, "handOff")
			.with("subject", subjects, subjects)
			.with("pauseMicros", List.of(0, 200), List.of(200))
			.run();
		List<Row> rows = new ArrayList<>();
		for (String pause : figures.stream().map((figure) -> figure.parameter("pauseMicros")).distinct().toList()) {
			List<Figure> alike = figures.stream()
				.filter((figure) -> figure.parameter("pauseMicros").equals(pause))
				.toList();
			rows.addAll(rows(alike, pause, "p50", Figure::p50));
			rows.addAll(rows(alike, pause, "p99", Figure::p99));
		}
		return rows;
	}

	private static List<Row> rows(List<Figure> figures, String pause, String percentile,
			ToDoubleFunction<Figure> value) {
		String what = "queue call to handler, idle for %s us, %s".formatted(pause, percentile);
		List<Sample> samples = figures.stream()
			.map((figure) -> new Sample("P4", what, "us", Subject.valueOf(figure.parameter("subject")).title(),
					value.applyAsDouble(figure), figure.bytes()))
			.toList();
		return Grouping.rows(samples, (ours) -> Goal.ratio(1, Subject.THREAD_POOL.title(), "TPE"));
	}

}
