package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports on works that do not behave, and what others see of them meanwhile. */
class WorkReportTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final LogCapture log = this.engines.closing(new LogCapture());

	private final Gate gate = this.engines.gate();

	@Test
	void hogsAreReportedAtDistancesThatDouble() {
		List<Integer> reported = IntStream.rangeClosed(1, 70)
			.filter((times) -> WorkReports.isReported(times, 4))
			.boxed()
			.toList();
		assertThat(reported).containsExactly(4, 5, 7, 11, 19, 35, 67);
	}

	@Test
	void aHogIsReportedPerWorkWithTheRemedy() {
		WorkReports reports = new WorkReports(EngineSettings.builder().build());
		for (int i = 0; i < 7; i++) {
			reports.hog("mill");
		}
		reports.hog("other");
		assertThat(this.log.containing("hogged CPU")).containsExactly(
				"workqueue: mill hogged CPU for >10000us 4 times, consider WQ_UNBOUND",
				"workqueue: mill hogged CPU for >10000us 5 times, consider WQ_UNBOUND",
				"workqueue: mill hogged CPU for >10000us 7 times, consider WQ_UNBOUND");
	}

	@Test
	void nothingIsReportedWithoutThreshold() {
		assertThat(IntStream.rangeClosed(1, 70).filter((times) -> WorkReports.isReported(times, 0))).isEmpty();
	}

	@Test
	void worksBeyondTheMostThatAreCountedAreNotReported() {
		WorkReports reports = new WorkReports(EngineSettings.builder().cpuIntensiveWarningThreshold(2).build());
		for (int i = 0; i < 128; i++) {
			reports.hog("work" + i);
		}
		for (int i = 0; i < 3; i++) {
			reports.hog("late");
		}
		reports.hog("work0");
		reports.hog("work127");
		assertThat(this.log.containing("hogged CPU"))
			.extracting((message) -> message.replaceAll(".*: (.*) hogged.*", "$1"))
			.containsExactly("work0", "work127");
	}

	@Test
	void aRealHogIsMarkedAndOthersStart() throws Exception {
		WorkqueueEngine engine = this.engines.start(EngineSettings.builder()
			.cpus(1)
			.cpuIntensiveThreshold(Duration.ofMillis(10))
			.cpuIntensiveWarningThreshold(1));
		Gate next = this.engines.gate();
		Engines.queue(engine, "hog", this.gate.burning());
		this.gate.awaitStarts(1);
		Engines.queue(engine, "next", next.passing());
		next.awaitStarts(1);
		assertThat(this.gate.ended).hasValue(0);
		assertThat(Engines.busy(engine, "hog").state().name()).isEqualTo("CPU_INTENSIVE");
		this.gate.open();
		engine.get("system_wq").flush();
		assertThat(Engines.stats(engine, "system_wq").cpuIntensive()).isEqualTo(1);
		Engines.until("it is reported",
				() -> this.log.containing("workqueue: hog hogged CPU for >10000us 1 times, consider WQ_UNBOUND")
					.size() == 1);
	}

	@Test
	void bhWorkThatSleepsIsReportedWithItsStack() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue bh = engine.get("system_bh_wq");
		WorkItem sleeper = engine.initWork("sleeper", bh, this.gate);
		for (int i = 0; i < 2; i++) {
			bh.queueOn(0, sleeper);
			this.gate.awaitStarts(1);
			int runs = i + 1;
			Engines.until("it was noticed", () -> !this.log.containing("(" + runs + " times)").isEmpty());
			this.gate.letGo(1);
			sleeper.flush();
		}
		List<String> reports = this.log.containing("sleeper sleeps on a BH queue");
		assertThat(reports).hasSize(2);
		assertThat(reports.get(0)).contains("kworker/0:bh", "Gate.handle");
	}

	@Test
	void bhWorkRunsStrictlyInOrderOnOneThread() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue bh = engine.get("system_bh_wq");
		List<String> order = new CopyOnWriteArrayList<>();
		List<String> threads = new CopyOnWriteArrayList<>();
		Engines.queue(engine, bh, "first", this.gate);
		for (int i = 0; i < 20; i++) {
			String name = "work" + i;
			Engines.queue(engine, bh, name, (work) -> {
				order.add(name);
				threads.add(Thread.currentThread().getName().replaceAll("\\+.*", ""));
			});
		}
		this.gate.letGo(1);
		assertThat(bh.flush(Engines.PATIENCE)).isTrue();
		assertThat(order).isEqualTo(IntStream.range(0, 20).mapToObj((i) -> "work" + i).toList());
		assertThat(threads).containsOnly("kworker/0:bh");
	}

	@Test
	void aThreadDumpNamesWorkThatKeepsOthersWaiting() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue bh = engine.get("system_bh_wq");
		Engines.queue(engine, bh, "slow", this.gate);
		this.gate.awaitStarts(1);
		assertThat(names()).contains("kworker/0:bh");
		Engines.queue(engine, bh, "behind", this.gate);
		Engines.until("it is named", () -> names().contains("kworker/0:bh+slow"));
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(names()).contains("kworker/0:bh");
	}

	@Test
	void aDescriptionIsShownAtOnceAndUntilTheEnd() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Engines.queue(engine, "work", (work) -> {
			engine.describe("page 7");
			this.gate.handle(work);
		});
		this.gate.awaitStarts(1);
		assertThat(names()).anyMatch((name) -> name.matches("kworker/0:\\d+\\+page 7"));
		assertThat(Engines.busy(engine, "work").description()).isEqualTo("page 7");
		assertThat(Engines.busy(engine, "work").worker()).matches("kworker/0:\\d+");
		this.gate.letGo(1);
		engine.get("system_wq").flush();
		assertThat(names()).noneMatch((name) -> name.contains("page 7"));
	}

	private static List<String> names() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
	}

}
