package io.github.workqueue.benchmark.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.workqueue.benchmark.CoalescedQueueBenchmark;
import io.github.workqueue.benchmark.Sample;
import io.github.workqueue.benchmark.report.Jmh.Figure;

/** P1: a pending item is queued. */
final class CoalescingRows implements Part {

	private static final String ONE = "one producer";

	@Override
	public List<Row> measure() throws Exception {
		Map<String, Figure> figures = Jmh.of(CoalescedQueueBenchmark.class, ".*")
			.run()
			.stream()
			.collect(Collectors.toMap(Figure::benchmark, Function.identity()));
		Sample one = sample(figures.get("workqueue"), "1 producer", "workqueue");
		Sample two = sample(figures.get("workqueueTwoProducers"), "2 producers", "workqueue");
		return List.of(
				new Row(one, List.of(sample(figures.get("handMadeFlag"), "1 producer", "hand-made flag")),
						Goal.atMost(10).and(Goal.noBytes())),
				new Row(two, List.of(sample(figures.get("handMadeFlagTwoProducers"), "2 producers", "hand-made flag"),
						two.with(ONE, one.value())), Goal.ratio(2, ONE, ONE).and(Goal.noBytes())));
	}

	private static Sample sample(Figure figure, String producers, String subject) {
		return figure.sample("P1", "queue a pending item, " + producers, "ns", subject);
	}

}
