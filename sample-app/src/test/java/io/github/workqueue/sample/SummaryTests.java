package io.github.workqueue.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueState;
import io.github.workqueue.snapshot.WorkqueueStats;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTests {

	@Test
	void listsWhatWasDone() {
		Map<SkipReason, Integer> skipped = Map.of(SkipReason.TOO_LARGE, 1, SkipReason.BINARY, 12);
		Status status = new Status("/src", "/tmp/journal.log", 7, 2000, new CatalogueTotals(1234, 5_678_901, skipped),
				new EventTotals(1240, 7, 1));
		List<WorkqueueSnapshot> queues = List.of(queue("indexing", 1247, 3, 2), queue("journal", 8, 0, 0),
				queue("system_wq", 0, 1, 0));
		assertThat(Summary.of(status, Duration.ofMillis(1520), queues).lines()).containsExactly("Indexed /src",
				"  files      1,234 (skipped: 12 binary, 1 too large)", "  bytes      5,678,901", "  lines      2,000",
				"  events     1,248 (1,240 found by scans, 7 watched, 1 overflows)", "  coalesced  4",
				"  time       1.52 s", "  works      indexing 1,247 (2 failed), journal 8");
	}

	private static WorkqueueSnapshot queue(String name, long completed, long coalesced, long failed) {
		WorkqueueStats stats = new WorkqueueStats(completed, coalesced, completed, completed, failed, 0, Duration.ZERO,
				0, 0, 0, 0, 0);
		return new WorkqueueSnapshot(name, List.of(), Set.of(WorkqueueFlag.UNBOUND), false, WorkqueueState.ACTIVE, 4,
				null, 0, 0, 0, 0, stats);
	}

}
