package io.github.workqueue.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.workqueue.benchmark.report.RangeChart.Range;
import tools.jackson.databind.JsonNode;

/**
 * Draws three pictures from the JSON of a run, as far as it has what they show. As a
 * main: the first argument is a file, the pictures come to stand beside it.
 */
final class Pictures {

	private static final String P50 = ", p50";

	private final List<JsonNode> rows;

	private Pictures(String json) {
		this.rows = Json.MAPPER.readTree(json).get("rows").valueStream().toList();
	}

	public static void main(String[] arguments) throws IOException {
		Path file = Path.of(arguments[0]);
		draw(Files.readString(file), file.toAbsolutePath().getParent());
	}

	static void draw(String json, Path directory) throws IOException {
		Pictures pictures = new Pictures(json);
		write(directory.resolve("bursts.svg"), pictures.bursts(),
				(groups) -> new RatioChart("Bursts of distinct items, until the last has run, per item", "ns")
					.draw(groups));
		write(directory.resolve("mixed-loads.svg"), pictures.mixedLoads(),
				(groups) -> new RatioChart("Mixed loads, until the last task has ended", "ms").draw(groups));
		write(directory.resolve("replacement.svg"), pictures.replacements(),
				(groups) -> new RangeChart("Until the item behind a blocked one runs, median to 99th percentile")
					.draw(groups));
	}

	private static <T> void write(Path file, Map<String, List<T>> groups, Chart<T> chart) throws IOException {
		if (!groups.isEmpty()) {
			Files.writeString(file, chart.draw(groups));
		}
	}

	/** All sizes with one producer; the largest but one with more. */
	private Map<String, List<Bar>> bursts() {
		Map<String, List<Bar>> groups = rows("burst of \\S+ distinct items, 1 producer, 1 queue");
		groups.putAll(rows("burst of 200,000 distinct items, \\d producers, 1 queue"));
		return groups;
	}

	private Map<String, List<Bar>> mixedLoads() {
		return rows(".*, " + MixedLoadRows.MAKESPAN);
	}

	/** The rows whose text matches: ours together, then the peers. */
	private Map<String, List<Bar>> rows(String what) {
		Map<String, List<JsonNode>> found = this.rows.stream()
			.filter((row) -> text(row, "what").matches(what) && text(row, "subject").startsWith("system_"))
			.collect(Collectors.groupingBy((row) -> text(row, "what"), LinkedHashMap::new, Collectors.toList()));
		Map<String, List<Bar>> groups = new LinkedHashMap<>();
		found.forEach((name, ours) -> groups.put(name.replace(", " + MixedLoadRows.MAKESPAN, ""), bars(ours)));
		return groups;
	}

	private static List<Bar> bars(List<JsonNode> ours) {
		Stream<Bar> own = ours.stream().map((row) -> bar(row, true));
		Stream<Bar> peers = ours.get(0).get("peers").valueStream().map((peer) -> bar(peer, false));
		return Stream.concat(own, peers).toList();
	}

	private static Bar bar(JsonNode figure, boolean ours) {
		JsonNode value = figure.get("value");
		return new Bar(text(figure, "subject"), value.isNull() ? Double.POSITIVE_INFINITY : value.doubleValue(), ours);
	}

	private Map<String, List<Range>> replacements() {
		Map<String, List<Range>> groups = new LinkedHashMap<>();
		for (JsonNode row : this.rows) {
			String what = text(row, "what");
			if (text(row, "measure").equals("P7") && what.endsWith(P50)) {
				String[] parts = what.split(", ");
				String wait = parts[0].toLowerCase(Locale.ROOT).replace('_', ' ');
				groups.computeIfAbsent(title(parts[1]), (order) -> new ArrayList<>())
					.add(new Range(wait, value(what), value(what.replace(P50, ", p99"))));
			}
		}
		return groups;
	}

	private static String title(String order) {
		return order.startsWith("queued") ? "item queued while the worker is asleep" : "worker asleep after the item was queued";
	}

	private double value(String what) {
		return this.rows.stream()
			.filter((row) -> text(row, "what").equals(what))
			.mapToDouble((row) -> row.get("value").doubleValue())
			.findFirst()
			.orElseThrow();
	}

	private static String text(JsonNode node, String name) {
		return node.get(name).stringValue();
	}

	/** What draws groups. */
	private interface Chart<T> {

		String draw(Map<String, List<T>> groups);

	}

}
