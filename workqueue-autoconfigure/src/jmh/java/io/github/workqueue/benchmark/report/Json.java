package io.github.workqueue.benchmark.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.workqueue.benchmark.Sample;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The table for programs. What never ended, and what was not measured, is null. */
final class Json {

	static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private Json() {
	}

	static String of(Results results) {
		Map<String, Object> root = new LinkedHashMap<>();
		root.put("machine", results.machine());
		root.put("quick", results.quick());
		root.put("seconds", results.seconds());
		root.put("rows", results.rows().stream().map(Json::row).toList());
		return MAPPER.writeValueAsString(root);
	}

	private static Map<String, @Nullable Object> row(Row row) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("measure", row.ours().measure());
		values.put("what", row.ours().what());
		values.put("unit", row.ours().unit());
		values.putAll(figure(row.ours()));
		values.put("goal", row.goal().text());
		values.put("met", row.verdict().name().toLowerCase(Locale.ROOT));
		List<Map<String, @Nullable Object>> peers = row.peers().stream().map((peer) -> peer(row, peer)).toList();
		values.put("peers", peers);
		return values;
	}

	private static Map<String, @Nullable Object> peer(Row row, Sample peer) {
		Map<String, @Nullable Object> values = figure(peer);
		values.put("ratio", number(row.ratio(peer)));
		return values;
	}

	private static Map<String, @Nullable Object> figure(Sample sample) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("subject", sample.subject());
		values.put("value", number(sample.value()));
		values.put("bytes", number(sample.bytes()));
		return values;
	}

	private static @Nullable Double number(double value) {
		return Double.isFinite(value) ? value : null;
	}

}
