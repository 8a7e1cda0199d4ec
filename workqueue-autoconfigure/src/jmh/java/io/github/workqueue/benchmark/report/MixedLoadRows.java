package io.github.workqueue.benchmark.report;

import java.util.ArrayList;
import java.util.List;

import io.github.workqueue.benchmark.MixedLoadMeasurement;
import io.github.workqueue.benchmark.Sample;

/** P8: mixed loads; adds a row for the better of our two queues. */
final class MixedLoadRows implements Part {

	/** How a row's text ends whose figure the picture shows. */
	static final String MAKESPAN = "makespan";

	private static final String FIXED = "fixed pool";

	private static final String BEST = "the best fixed pool";

	@Override
	public List<Row> measure() throws Exception {
		List<Row> rows = MainRows.of(MixedLoadMeasurement.class, MixedLoadRows::goal).measure();
		List<Row> result = new ArrayList<>(rows);
		for (Row first : rows) {
			for (Row second : rows) {
				if (isMakespan(first) && isOtherQueue(first, second)) {
					double better = Math.min(first.ours().value(), second.ours().value());
					result.add(new Row(first.ours().with("the better queue", better), first.peers(),
							Goal.ratio(1.05, FIXED, BEST)));
				}
			}
		}
		return result;
	}

	private static boolean isMakespan(Row row) {
		return row.ours().what().endsWith(MAKESPAN);
	}

	private static boolean isOtherQueue(Row first, Row second) {
		return first.ours().what().equals(second.ours().what()) && first.ours().subject().equals("system_wq")
				&& second.ours().subject().equals("system_unbound_wq");
	}

	private static Goal goal(Sample ours) {
		boolean unbound = ours.subject().equals("system_unbound_wq");
		if (ours.what().endsWith(MAKESPAN)) {
			return unbound ? Goal.NONE : Goal.ratio(1.25, FIXED, BEST);
		}
		return unbound ? Goal.ratio(0.75, "virtual threads", "virtual threads") : Goal.NONE;
	}

}
