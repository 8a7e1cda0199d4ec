package io.github.workqueue.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that burn more CPU than the threshold while others wait.
 */
class CpuHogTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final LogCapture log = this.engines.closing(new LogCapture());

	@Test
	void reportsComeAtDistancesThatDouble() {
		CpuSimulation simulation = simulate();
		queueHogs(simulation, simulation.engine().alloc("q0", 0), "hog", 21);
		simulation.run(1000);
		assertThat(this.log.containing("hogged CPU")).containsExactly(report("hog", 4), report("hog", 5),
				report("hog", 7), report("hog", 11), report("hog", 19));
		assertThat(cpuIntensive(simulation)).isEqualTo(20);
	}

	@Test
	void eachWorkHasItsOwnReports() {
		CpuSimulation simulation = simulate();
		Workqueue queue = simulation.engine().alloc("q0", 0);
		queueHogs(simulation, queue, "one", 3);
		queueHogs(simulation, queue, "other", 5);
		simulation.run(1000);
		assertThat(this.log.containing("hogged CPU")).containsExactly(report("other", 4));
	}

	@Test
	void cpuIntensiveQueuesAreNotCounted() {
		CpuSimulation simulation = simulate();
		queueHogs(simulation, simulation.engine().alloc("q0", 0, WorkqueueFlag.CPU_INTENSIVE), "hog", 8);
		simulation.run(1000);
		assertThat(simulation.events()).contains("0 hog start").doesNotContain("10 hog start");
		assertThat(cpuIntensive(simulation)).isZero();
		assertThat(this.log.containing("hogged CPU")).isEmpty();
	}

	@Test
	void noThreadIsAddedBeforeTheThreshold() throws Exception {
		Duration threshold = Duration.ofMillis(200);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).cpuIntensiveThreshold(threshold));
		Gate hog = this.engines.gate();
		Gate next = this.engines.gate();
		AtomicLong thread = new AtomicLong();
		AtomicLong burned = new AtomicLong();
		Engines.queue(engine, "hog", (work) -> {
			thread.set(Thread.currentThread().getId());
			hog.burning().handle(work);
		});
		hog.awaitStarts(1);
		Engines.queue(engine, "next", (work) -> {
			burned.set(ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.get()));
			next.enter();
		});
		next.awaitStarts(1);
		assertThat(Duration.ofNanos(burned.get())).isGreaterThanOrEqualTo(threshold);
		assertThat(Engines.stats(engine, "system_wq").cpuIntensive()).isEqualTo(1);
		assertThat(hog.ended).hasValue(0);
	}

	private CpuSimulation simulate() {
		CpuSimulation simulation = new CpuSimulation(2);
		this.engines.add(simulation.engine());
		return simulation;
	}

	/** The last hog of all keeps nobody waiting. */
	private static void queueHogs(CpuSimulation simulation, Workqueue queue, String name, int count) {
		for (int i = 0; i < count; i++) {
			queue.queue(simulation.engine().initWork(name, simulation.script(12)));
		}
	}

	private static long cpuIntensive(CpuSimulation simulation) {
		return simulation.engine().inspectWorkqueue("q0").orElseThrow().stats().cpuIntensive();
	}

	private static String report(String work, int times) {
		return "workqueue: " + work + " hogged CPU for >10000us " + times + " times, consider WQ_UNBOUND";
	}

}
