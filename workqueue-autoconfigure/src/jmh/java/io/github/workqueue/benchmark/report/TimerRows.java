package io.github.workqueue.benchmark.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.workqueue.benchmark.Sample;
import io.github.workqueue.benchmark.TimerBenchmark;
import io.github.workqueue.benchmark.report.Jmh.Figure;

/** P5, and the timers of P11: arming, cancelling and moving beside others. */
final class TimerRows implements Part {

	private static final String EXECUTOR = "ScheduledThreadPoolExecutor";

	private static final String ALONE = "none armed";

	@Override
	public List<Row> measure() throws Exception {
		List<Figure> figures = Jmh.of(TimerBenchmark.class, ".*")
			.with("others", List.of(0, 1000, 100_000, 1_000_000), List.of(0, 100_000))
			.run();
		List<Row> rows = new ArrayList<>(rows(figures, "armAndCancel", "arm and cancel a timer"));
		rows.addAll(rows(figures, "move", "modify an armed timer"));
		return rows;
	}

	private static List<Row> rows(List<Figure> figures, String operation, String title) {
		List<Figure> ours = figures.stream()
			.filter((figure) -> figure.benchmark().equals(operation + "Workqueue"))
			.sorted(Comparator.comparingInt((figure) -> figure.number("others")))
			.toList();
		return ours.stream().map((figure) -> row(figure, ours.get(0), figures, operation, title)).toList();
	}

	private static Row row(Figure ours, Figure alone, List<Figure> all, String operation, String title) {
		String what = "%s, %,d others armed".formatted(title, ours.number("others"));
		Sample sample = sample(ours, what, "workqueue");
		List<Sample> peers = new ArrayList<>();
		for (Figure figure : all) {
			if (figure.number("others") == ours.number("others")) {
				if (figure.benchmark().equals(operation + "Executor")) {
					peers.add(sample(figure, what, EXECUTOR));
				}
				else if (figure.benchmark().equals(operation + "Wheel")) {
					peers.add(sample(figure, what, "HashedWheelTimer, 1 ms"));
				}
			}
		}
		Goal goal = Goal.ratio(0.5, EXECUTOR, "STPE").and(Goal.noBytes());
		if (ours != alone) {
			peers.add(sample.with(ALONE, alone.score()));
			goal = goal.and(Goal.ratio(1.5, ALONE, ALONE));
		}
		return new Row(sample, peers, goal);
	}

	private static Sample sample(Figure figure, String what, String subject) {
		return figure.sample("P5", what, "ns", subject);
	}

}
