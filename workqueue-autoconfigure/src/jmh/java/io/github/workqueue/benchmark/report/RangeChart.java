package io.github.workqueue.benchmark.report;

import java.util.List;
import java.util.Map;

/** Groups of bars from the median to the 99th percentile, on a logarithmic axis. */
final class RangeChart {

	private static final int LEFT = 170;

	private static final int DECADE = 110;

	/** From 10 us to 100 ms. */
	private static final int DECADES = 4;

	private static final int TOP = 44;

	private static final List<String> AXIS = List.of("10 us", "100 us", "1 ms", "10 ms", "100 ms");

	private final Svg svg = new Svg(LEFT + DECADES * DECADE + 120);

	private final String title;

	private int y = TOP;

	RangeChart(String title) {
		this.title = title;
	}

	String draw(Map<String, List<Range>> groups) {
		this.svg.text(8, 18, "font-weight=\"bold\"", this.title);
		groups.forEach(this::group);
		for (int decade = 0; decade <= DECADES; decade++) {
			double x = LEFT + decade * DECADE;
			this.svg.vertical("grid", x, TOP - 8, this.y);
			this.svg.text(x, TOP - 12, "text-anchor=\"middle\" font-size=\"10\"", AXIS.get(decade));
		}
		return this.svg.finish(this.title, this.y + 12);
	}

	private void group(String name, List<Range> ranges) {
		this.y += Svg.ROW;
		this.svg.text(8, this.y, "font-weight=\"bold\" font-size=\"11\"", name);
		this.y += 6;
		ranges.forEach(this::row);
		this.y += 6;
	}

	private void row(Range range) {
		double from = x(range.p50());
		double to = x(range.p99());
		this.svg.text(LEFT - 6, this.y + 11, "text-anchor=\"end\"", range.label());
		this.svg.bar("ours", from, this.y + 1, to - from);
		this.svg.text(to + 5, this.y + 11, "font-size=\"11\"",
				Numbers.format(range.p50()) + " to " + Numbers.format(range.p99()) + " us");
		this.y += Svg.ROW;
	}

	private static double x(double micros) {
		double decades = Math.log10(Math.max(micros, 1e-3)) - 1;
		return LEFT + DECADE * Math.min(DECADES, Math.max(0, decades));
	}

	/**
	 * A bar.
	 *
	 * @param label in front of it
	 * @param p50 its begin, in microseconds
	 * @param p99 its end
	 */
	record Range(String label, double p50, double p99) {

	}

}
