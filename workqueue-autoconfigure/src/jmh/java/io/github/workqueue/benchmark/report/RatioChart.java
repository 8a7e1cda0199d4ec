package io.github.workqueue.benchmark.report;

import java.util.List;
import java.util.Map;

/**
 * Groups of bars whose lengths are multiples of the engine's best figure in the group.
 * The figures stand behind the bars.
 */
final class RatioChart {

	private static final int LEFT = 170;

	private static final int UNIT = 150;

	private static final int MOST = 3;

	private static final int TOP = 44;

	private final Svg svg = new Svg(LEFT + MOST * UNIT + 100);

	private final String title;

	private final String unit;

	private int y = TOP;

	RatioChart(String title, String unit) {
		this.title = title;
		this.unit = unit;
	}

	String draw(Map<String, List<Bar>> groups) {
		this.svg.text(8, 18, "font-weight=\"bold\"", this.title);
		groups.forEach(this::group);
		for (int multiple = 0; multiple <= MOST; multiple++) {
			double x = LEFT + multiple * UNIT;
			this.svg.vertical((multiple == 1) ? "mark" : "grid", x, TOP - 8, this.y);
			this.svg.text(x, TOP - 12, "text-anchor=\"middle\" font-size=\"10\"", axis(multiple));
		}
		return this.svg.finish(this.title, this.y + 12);
	}

	private static String axis(int multiple) {
		return (multiple == 1) ? "workqueue" : multiple + " x";
	}

	private void group(String name, List<Bar> bars) {
		double best = bars.stream().filter(Bar::ours).mapToDouble(Bar::value).min().orElseThrow();
		this.y += Svg.ROW;
		this.svg.text(8, this.y, "font-weight=\"bold\" font-size=\"11\"", name);
		this.y += 6;
		bars.forEach((bar) -> row(bar, bar.value() / best));
		this.y += 6;
	}

	private void row(Bar bar, double multiple) {
		double length = UNIT * Math.min(multiple, MOST);
		this.svg.text(LEFT - 6, this.y + 11, "text-anchor=\"end\"", bar.label());
		this.svg.bar(bar.ours() ? "ours" : "peer", LEFT, this.y + 1, length);
		this.svg.text(LEFT + length + 5, this.y + 11, "font-size=\"11\"", figure(bar, multiple));
		this.y += Svg.ROW;
	}

	private String figure(Bar bar, double multiple) {
		String unit = Double.isInfinite(bar.value()) ? "" : " " + this.unit;
		return ((multiple > MOST) ? "» " : "") + Numbers.format(bar.value()) + unit;
	}

}
