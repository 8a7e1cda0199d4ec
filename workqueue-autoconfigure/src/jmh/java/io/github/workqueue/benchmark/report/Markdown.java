package io.github.workqueue.benchmark.report;

import java.util.stream.Collectors;

import io.github.workqueue.benchmark.Sample;

/** The table for people. */
final class Markdown {

	private static final String HEAD = """
			| # | measure | ours | | B/op | peers (ours divided by theirs) | goal | met |
			|---|---|---|--:|--:|---|---|---|
			""";

	private Markdown() {
	}

	static String of(Results results) {
		Machine machine = results.machine();
		String where = "%d cores, %s, %s, %s%s, %,d s%n%n".formatted(machine.cores(), machine.cpu(), machine.system(),
				machine.jdk(), results.quick() ? "; a quick run, so no results" : "", results.seconds());
		return where + HEAD + results.rows().stream().map(Markdown::row).collect(Collectors.joining());
	}

	private static String row(Row row) {
		Sample ours = row.ours();
		return "| %s | %s | %s | %s %s | %s | %s | %s | %s |%n".formatted(ours.measure(), ours.what(), ours.subject(),
				Numbers.format(ours.value()), ours.unit(), Numbers.bytes(ours.bytes()),
				row.peers().stream().map((peer) -> peer(row, peer)).collect(Collectors.joining("; ")),
				row.goal().text(), met(row.verdict()));
	}

	private static String peer(Row row, Sample peer) {
		String bytes = Double.isNaN(peer.bytes()) ? "" : ", " + Numbers.bytes(peer.bytes()) + " B";
		String ratio = Double.isInfinite(peer.value()) ? "" : " (" + Numbers.format(row.ratio(peer)) + ")";
		return peer.subject() + ": " + Numbers.format(peer.value()) + bytes + ratio;
	}

	private static String met(Verdict verdict) {
		return switch (verdict) {
			case YES -> "yes";
			case NO -> "**no**";
			case OPEN -> "";
		};
	}

}
