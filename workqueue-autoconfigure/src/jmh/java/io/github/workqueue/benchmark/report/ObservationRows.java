package io.github.workqueue.benchmark.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.workqueue.benchmark.ObservationBenchmark;
import io.github.workqueue.benchmark.Observer;
import io.github.workqueue.benchmark.Sample;
import io.github.workqueue.benchmark.report.Jmh.Figure;

/** P10: what observation adds to an execution. */
final class ObservationRows implements Part {

	@Override
	public List<Row> measure() throws Exception {
		Map<Observer, Figure> figures = Jmh.of(ObservationBenchmark.class, "executions")
			.run()
			.stream()
			.collect(Collectors.toMap((figure) -> Observer.valueOf(figure.parameter("observer")), Function.identity()));
		Sample off = figures.get(Observer.NONE).sample("P10", "an execution without meters", "ns", "workqueue");
		Sample pool = figures.get(Observer.POOL_NONE)
			.sample("P10", "an execution without meters", "ns", "ThreadPoolExecutor");
		return List.of(new Row(off, List.of(pool), Goal.NONE),
				new Row(added(figures, Observer.LISTENER, Observer.NONE, "an empty listener", "workqueue"), List.of(),
						Goal.NONE),
				new Row(added(figures, Observer.METERS, Observer.NONE, "meters", "workqueue"), List.of(added(figures,
						Observer.POOL_METERS, Observer.POOL_NONE, "meters", "ThreadPoolExecutor with Micrometer")),
						Goal.atMost(150)));
	}

	private static Sample added(Map<Observer, Figure> figures, Observer with, Observer without, String what,
			String subject) {
		Figure more = figures.get(with);
		Figure less = figures.get(without);
		return new Sample("P10", "added to an execution by " + what, "ns", subject, more.score() - less.score(),
				Math.max(0, more.bytes() - less.bytes()));
	}

}
