package io.github.workqueue.engine;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.workqueue.engine.CmwqRun.Interval;
import io.github.workqueue.engine.CmwqRun.Setup;

/**
 * Draws runs of the execution scenarios one below the other, on one axis of time.
 */
final class CmwqPicture {

	private static final int LEFT = 60;

	private static final int WIDTH = 760;

	private static final int LANE = 20;

	private static final int BLOCK = 3 * LANE + 40;

	private static final int TOP = 46;

	private static final Pattern ROW = Pattern.compile("class=\"(?:setup|item)\"[^>]*>([^<]+)<");

	private static final String STYLE = """
			<style>
			text { font: 13px system-ui, sans-serif; fill: #1f2328; }
			.back { fill: #ffffff; } .grid { stroke: #d1d9e0; } .setup { font-weight: 600; }
			.cpu { fill: #0969da; } .wait { fill: #f3c969; } .tick, .end { font-size: 11px; }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3; } .back { fill: #0d1117; } .grid { stroke: #3d444d; }
			.cpu { fill: #4493f8; } .wait { fill: #9e7a20; }
			}
			</style>
			""";

	private final StringBuilder svg = new StringBuilder();

	private final long span;

	private CmwqPicture(long span) {
		this.span = span;
	}

	static String draw(Map<Setup, List<Interval>> runs) {
		long longest = runs.values().stream().mapToLong(CmwqRun::makespan).max().orElseThrow();
		return new CmwqPicture((longest / 50 + 1) * 50).all(runs);
	}

	/** The names of all rows, from top to bottom. */
	static List<String> rows(String svg) {
		return ROW.matcher(svg).results().map((MatchResult row) -> row.group(1)).toList();
	}

	private String all(Map<Setup, List<Interval>> runs) {
		int height = TOP + runs.size() * BLOCK + 24;
		add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">", LEFT + WIDTH + 60, height);
		add("<title>Three work items in four set-ups: who uses the CPU, who waits</title>");
		this.svg.append(STYLE);
		add("<rect class=\"back\" width=\"100%%\" height=\"100%%\"/>");
		legend();
		axis(TOP, height - 24);
		int top = TOP;
		for (Map.Entry<Setup, List<Interval>> run : runs.entrySet()) {
			block(top, run.getKey().title, run.getValue());
			top += BLOCK;
		}
		add("</svg>");
		return this.svg.toString();
	}

	private void legend() {
		add("<rect class=\"cpu\" x=\"%d\" y=\"12\" width=\"26\" height=\"14\" rx=\"2\"/>", LEFT);
		text("legend", LEFT + 32, 24, "uses the CPU");
		add("<rect class=\"wait\" x=\"%d\" y=\"12\" width=\"26\" height=\"14\" rx=\"2\"/>", LEFT + 140);
		text("legend", LEFT + 172, 24, "waits (sleep, socket, lock)");
	}

	private void axis(int top, int bottom) {
		for (long at = 0; at <= this.span; at += 50) {
			add("<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", x(at), top, x(at), bottom);
			text("tick", x(at) - 10, bottom + 16, at + ((at == 0) ? " ms" : ""));
		}
	}

	private void block(int top, String title, List<Interval> run) {
		text("setup", LEFT + 6, top + 18, title);
		List<String> items = run.stream().map(Interval::item).distinct().toList();
		for (int i = 0; i < items.size(); i++) {
			lane(top + 26 + i * LANE, items.get(i), run);
		}
		long end = CmwqRun.makespan(run);
		text("end", x(end) + 6, top + 26 + (items.size() - 1) * LANE + 13, end + " ms");
	}

	private void lane(int top, String item, List<Interval> run) {
		text("item", LEFT - 30, top + 13, item);
		for (Interval part : run) {
			if (part.item().equals(item)) {
				add("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\" rx=\"2\"/>",
						part.cpu() ? "cpu" : "wait", x(part.start()), top,
						Math.max(1, x(part.end()) - x(part.start())));
			}
		}
	}

	private long x(long millis) {
		return LEFT + millis * WIDTH / this.span;
	}

	private void text(String kind, long x, long y, String text) {
		add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", kind, x, y, text);
	}

	private void add(String line, Object... values) {
		this.svg.append(line.formatted(values)).append('\n');
	}

}
