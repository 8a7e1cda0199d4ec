package io.github.workqueue.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.engine.RealScenario.Setup;
import io.github.workqueue.engine.RealScenario.Span;
import io.github.workqueue.engine.RealScenario.Track;

/**
 * Draws what the works of the scenarios did over time, as SVG.
 */
final class CmwqPicture {

	private static final int LEFT = 60;

	private static final int TOP = 30;

	private static final int ROW = 22;

	private static final int GROUP = 4 * ROW + 26;

	private static final double PIXELS_PER_MILLI = 1.3;

	private static final int MILLIS = 550;

	private final StringBuilder svg = new StringBuilder();

	private int y = TOP;

	/** Draws the scenarios in the order of the map. */
	String draw(Map<Setup, List<Track>> runs) {
		int width = LEFT + (int) (MILLIS * PIXELS_PER_MILLI) + 80;
		int height = TOP + runs.size() * GROUP + 30;
		line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
				width, height);
		line("<title>What concurrency management buys: three works on one CPU</title>");
		line("<style>text{fill:#24292f}.burn{fill:#cf5c36}.wait{fill:#9db4c0}.grid{stroke:#8884}.end{stroke:#2f6f4f}"
				+ "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.end{stroke:#7fd1a7}}</style>");
		legend();
		runs.forEach(this::group);
		axis();
		line("</svg>");
		return this.svg.toString();
	}

	private void legend() {
		line("<rect class=\"burn\" x=\"%d\" y=\"6\" width=\"14\" height=\"12\"/><text x=\"%d\" y=\"16\">burns CPU</text>",
				LEFT, LEFT + 20);
		line("<rect class=\"wait\" x=\"%d\" y=\"6\" width=\"14\" height=\"12\"/><text x=\"%d\" y=\"16\">waits</text>",
				LEFT + 110, LEFT + 130);
	}

	private void group(Setup setup, List<Track> tracks) {
		this.y += 18;
		line("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT, this.y, setup.title());
		this.y += 8;
		int top = this.y;
		tracks.forEach(this::row);
		long end = TimeUnit.NANOSECONDS.toMillis(tracks.stream().mapToLong(Track::finish).max().orElseThrow());
		line("<line class=\"end\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\" stroke-width=\"2\"/>", x(end), x(end),
				top - 2, this.y + 2);
		line("<text x=\"%s\" y=\"%d\">%d ms</text>", x(end + 5), this.y - ROW - 6, end);
		this.y = top - 26 + GROUP;
	}

	private void row(Track track) {
		line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 8, this.y + 14, track.name());
		for (Span span : track.spans()) {
			double from = span.from() / 1e6;
			double length = (span.to() - span.from()) / 1e6;
			line("<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>", span.burn() ? "burn" : "wait",
					x(from), this.y + 2, number(length * PIXELS_PER_MILLI), ROW - 5);
		}
		this.y += ROW;
	}

	private void axis() {
		for (int millis = 0; millis <= MILLIS; millis += 50) {
			line("<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>", x(millis), x(millis), TOP, this.y);
			line("<text x=\"%s\" y=\"%d\" text-anchor=\"middle\" font-size=\"10\">%d</text>", x(millis), this.y + 14,
					millis);
		}
	}

	private static String x(double millis) {
		return number(LEFT + millis * PIXELS_PER_MILLI);
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	private void line(String format, Object... values) {
		this.svg.append((values.length > 0) ? String.format(Locale.ROOT, format, values) : format).append('\n');
	}

}
