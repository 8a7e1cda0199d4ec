package io.github.workqueue.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.workqueue.benchmark.BurstBenchmark;
import io.github.workqueue.benchmark.Effort;
import io.github.workqueue.benchmark.Sample;
import io.github.workqueue.benchmark.Subject;
import io.github.workqueue.benchmark.report.Jmh.Figure;

/** P2, P3: bursts. */
final class BurstRows implements Part {

	/** How rows begin that the picture shows. */
	static final String WHAT = "burst of ";

	@Override
	public List<Row> measure() throws Exception {
		List<Figure> figures = new ArrayList<>();
		List<Subject> all = Stream.of(Subject.values()).filter(Subject::isAvailable).toList();
		if (Effort.QUICK) {
			figures.addAll(run(all, List.of(10_000), 1, 1, false));
			figures.addAll(run(all, List.of(200_000), 1, 1, false));
			figures.addAll(run(all, List.of(200_000), 8, 1, false));
			figures.addAll(run(ours(all), List.of(200_000), 8, 8, false));
		}
		else {
			List<Integer> sizes = List.of(1000, 10_000, 200_000, 1_000_000);
			for (int producers : List.of(1, 2, 8)) {
				figures.addAll(run(all, sizes, producers, 1, false));
				figures.addAll(run(ours(all), sizes, producers, 8, false));
			}
			figures.addAll(run(all, List.of(10_000, 200_000), 1, 1, true));
		}
		return figures.stream().filter(BurstRows::isOurs).map((figure) -> row(figure, figures)).toList();
	}

	private static List<Figure> run(List<Subject> subjects, List<Integer> sizes, int producers, int queues,
			boolean fresh) throws Exception {
		return Jmh.of(BurstBenchmark.class, "burst")
			.with("subject", subjects, subjects)
			.with("burst", sizes, sizes)
			.with("producers", List.of(producers), List.of(producers))
			.with("queues", List.of(queues), List.of(queues))
			.with("fresh", List.of(fresh), List.of(fresh))
			.run();
	}

	private static List<Subject> ours(List<Subject> all) {
		return all.stream().filter(BurstRows::isOurs).toList();
	}

	private static boolean isOurs(Figure figure) {
		return isOurs(subject(figure));
	}

	private static boolean isOurs(Subject subject) {
		return subject == Subject.SYSTEM_WQ || subject == Subject.SYSTEM_UNBOUND_WQ;
	}

	private static Subject subject(Figure figure) {
		return Subject.valueOf(figure.parameter("subject"));
	}

	/** Peers have one queue. */
	private static Row row(Figure ours, List<Figure> all) {
		List<Sample> peers = all.stream()
			.filter((figure) -> !isOurs(figure) && Stream.of("burst", "producers", "fresh")
				.allMatch((name) -> figure.parameter(name).equals(ours.parameter(name))))
			.map((figure) -> sample(figure, what(ours)))
			.toList();
		return new Row(sample(ours, what(ours)), peers, goal(ours));
	}

	private static Sample sample(Figure figure, String what) {
		return figure.sample((figure.number("producers") > 1) ? "P3" : "P2", what, "ns", subject(figure).title());
	}

	private static String what(Figure figure) {
		return WHAT + "%,d %s items, %s, %s".formatted(figure.number("burst"),
				Boolean.parseBoolean(figure.parameter("fresh")) ? "fresh" : "distinct",
				plural(figure.number("producers"), "producer"), plural(figure.number("queues"), "queue"));
	}

	private static String plural(int count, String noun) {
		return count + " " + noun + ((count > 1) ? "s" : "");
	}

	private static Goal goal(Figure figure) {
		if (Boolean.parseBoolean(figure.parameter("fresh"))) {
			return Goal.NONE;
		}
		Goal goal = Goal.ratio(1, Subject.FORK_JOIN_POOL.title(), "FJP");
		return (figure.number("producers") > 1) ? goal
				: goal.and(Goal.ratio(0.5, Subject.THREAD_POOL.title(), "TPE")).and(Goal.noBytes());
	}

}
