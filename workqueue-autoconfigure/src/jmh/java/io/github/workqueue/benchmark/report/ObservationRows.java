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
		Sample meters = added(figures, Observer.METERS, Observer.NONE, "meters", "workqueue");
		Sample poolMeters = added(figures, Observer.POOL_METERS, Observer.POOL_NONE, "meters",
				"ThreadPoolExecutor with Micrometer");
		return List.of(new Row(off, List.of(pool), Goal.NONE), row(figures, Observer.LISTENER, "an empty listener"),
				row(figures, Observer.PAGE, "what the live page keeps"),
				row(figures, Observer.RECORDING, "a recording with the events' own settings"),
				row(figures, Observer.FULL_RECORDING, "a recording of every event"),
				new Row(meters, List.of(poolMeters), Goal.atMost(150)));
	}

	private static Row row(Map<Observer, Figure> figures, Observer with, String what) {
		return new Row(added(figures, with, Observer.NONE, what, "workqueue"), List.of(), Goal.NONE);
	}

	private static Sample added(Map<Observer, Figure> figures, Observer with, Observer without, String what,
			String subject) {
		Figure more = figures.get(with);
		Figure less = figures.get(without);
		return new Sample("P10", "added to an execution by " + what, "ns", subject, more.score() - less.score(),
				Math.max(0, more.bytes() - less.bytes()));
	}

}
