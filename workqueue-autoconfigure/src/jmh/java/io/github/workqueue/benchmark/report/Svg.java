package io.github.workqueue.benchmark.report;

import java.util.Locale;

/** A drawing that is readable on light and on dark ground. */
final class Svg {

	static final int ROW = 17;

	private static final String STYLE = "<style>text{fill:#24292f}.ours{fill:#2f6f4f}.peer{fill:#9db4c0}.grid{stroke:#8886}"
			+ ".mark{stroke:#cf5c36}@media(prefers-color-scheme:dark)"
			+ "{text{fill:#e6edf3}.ours{fill:#7fd1a7}.peer{fill:#5b7482}}</style>";

	/** What lies below all else. */
	private final StringBuilder ground = new StringBuilder();

	private final StringBuilder body = new StringBuilder();

	private final int width;

	Svg(int width) {
		this.width = width;
	}

	void text(double x, double y, String attributes, String text) {
		add(this.body, "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>", x, y, attributes, escape(text));
	}

	void bar(String kind, double x, double y, double width) {
		add(this.body, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>", kind, x, y,
				Math.max(width, 1), ROW - 5);
	}

	void vertical(String kind, double x, double from, double to) {
		add(this.ground, "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", kind, x, x, from, to);
	}

	private static void add(StringBuilder layer, String format, Object... values) {
		layer.append(String.format(Locale.ROOT, format, values)).append('\n');
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

	String finish(String title, int height) {
		return String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
				this.width, height) + "<title>" + escape(title) + "</title>\n" + STYLE + "\n" + this.ground + this.body
				+ "</svg>\n";
	}

}
