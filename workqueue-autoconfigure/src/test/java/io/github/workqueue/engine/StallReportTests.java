package io.github.workqueue.engine;

import java.util.List;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The text on a pool without progress. */
class StallReportTests {

	private static final long STUCK_NANOS = 3_000_000_000L;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1), new AwakeProbe());

	private final Gate gate = this.engines.gate();

	@Test
	void aQueueIsShownWithWhatItHasAndOthersAreNot() throws Exception {
		Workqueue runs = this.engine.alloc("runs", 0, WorkqueueFlag.BH);
		Workqueue waits = this.engine.alloc("waits", 0, WorkqueueFlag.BH);
		Engines.queue(this.engine, runs, "running", this.gate);
		this.gate.awaitStarts(1);
		Engines.queue(this.engine, waits, "waiting", this.gate);
		List<String> lines = report(runs, STUCK_NANOS).lines().toList();
		assertThat(lines).filteredOn((line) -> line.startsWith("workqueue "))
			.containsExactly("workqueue runs: flags=[BH, PERCPU]", "workqueue waits: flags=[BH, PERCPU]");
		assertThat(lines).filteredOn((line) -> line.startsWith("  pending: ")).containsExactly("  pending: waiting");
		assertThat(lines).filteredOn((line) -> line.startsWith("  in-flight: "))
			.singleElement()
			.asString()
			.startsWith("  in-flight: kworker/0:bh:running for ")
			.endsWith(", running");
	}

	@Test
	void afterAHundredWaitingWorksOnlyTheirNumberIsTold() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 0, WorkqueueFlag.BH);
		Engines.queue(this.engine, queue, "running", this.gate);
		this.gate.awaitStarts(1);
		for (int i = 0; i < 103; i++) {
			Engines.queue(this.engine, queue, "work" + i, this.gate);
		}
		assertThat(report(queue, STUCK_NANOS)).contains("work98, work99 and 3 more" + System.lineSeparator());
		this.gate.open();
	}

	@Test
	void aHogIsCalledOne() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 0, WorkqueueFlag.CPU_INTENSIVE);
		Engines.queue(this.engine, queue, "hog", this.gate);
		this.gate.awaitStarts(1);
		assertThat(report(queue, STUCK_NANOS)).contains(":hog for ", ", hogging the CPU");
	}

	@ParameterizedTest
	@CsvSource({ "2000, 2s", "1500, 1.5s", "9999, 9.999s", "10000, 10s", "12345, 12s" })
	void aShortTimeIsToldExactlyAndALongOneInSeconds(long millis, String told) {
		assertThat(report(this.engine.get("system_bh_wq"), millis * 1_000_000)).contains(" stuck for " + told + "!");
	}

	private String report(Workqueue queue, long stuckNanos) {
		WorkerPool pool = this.engine.own(queue).links()[0].pool;
		return new StallReport(pool, this.engine.time.nanoTime(), stuckNanos).toString();
	}

}
