package io.github.workqueue.benchmark.report;

import java.util.List;
import java.util.regex.Pattern;

import io.github.workqueue.benchmark.Sample;

/**
 * The rows that stand for the others of their kind: all that have a goal, met or missed,
 * of one size of burst, one length of pause and three kinds of waits.
 */
final class Summary {

	private static final Pattern CHOSEN = Pattern.compile("P[15689] .*|P1[012] .*|P[23] burst of 200,000 distinct .*"
			+ "|P4 .* 200 us, .*|P7 (PARK|MONITOR|SOCKET_READ), .*");

	private Summary() {
	}

	static Results of(Results results) {
		List<Row> chosen = results.rows().stream().filter(Summary::isChosen).toList();
		return new Results(results.machine(), results.quick(), results.seconds(), chosen);
	}

	private static boolean isChosen(Row row) {
		Sample ours = row.ours();
		return row.goal() != Goal.NONE && CHOSEN.matcher(ours.measure() + " " + ours.what()).matches();
	}

}
