package io.github.workqueue.sample;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.workqueue.snapshot.WorkqueueSnapshot;

/** What was done, in a few lines for people. */
final class Summary {

	private Summary() {
	}

	static String of(Status status, Duration time, List<WorkqueueSnapshot> workqueues) {
		long coalesced = workqueues.stream().mapToLong((queue) -> queue.stats().coalesced()).sum();
		return String.join(System.lineSeparator(), "Indexed " + status.root(),
				line("files", number(status.catalogue().files()) + skipped(status.catalogue().skipped())),
				line("bytes", number(status.catalogue().bytes())), line("lines", number(status.lines())),
				line("events", events(status.events())), line("coalesced", number(coalesced)),
				line("time", String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9)),
				line("works", works(workqueues)));
	}

	private static String line(String name, String value) {
		return String.format(Locale.ROOT, "  %-10s %s", name, value);
	}

	private static String number(long value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

	private static String skipped(Map<SkipReason, Integer> skipped) {
		return skipped.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> number(entry.getValue()) + " " + entry.getKey().label())
			.collect(Collectors.collectingAndThen(Collectors.joining(", "),
					(reasons) -> reasons.isEmpty() ? "" : " (skipped: " + reasons + ")"));
	}

	private static String events(EventTotals events) {
		return number(events.all()) + " (" + number(events.found()) + " found by scans, " + number(events.watched())
				+ " watched, " + number(events.overflows()) + " overflows)";
	}

	private static String works(List<WorkqueueSnapshot> workqueues) {
		return workqueues.stream()
			.filter((queue) -> queue.stats().completed() > 0)
			.map((queue) -> queue.name() + " " + number(queue.stats().completed()) + failed(queue.stats().failed()))
			.collect(Collectors.joining(", "));
	}

	private static String failed(long failed) {
		return (failed > 0) ? " (" + number(failed) + " failed)" : "";
	}

}
