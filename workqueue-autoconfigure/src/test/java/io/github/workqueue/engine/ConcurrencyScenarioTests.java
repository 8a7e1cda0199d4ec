package io.github.workqueue.engine;

import java.util.List;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kernel documentation's execution scenarios, to the millisecond on a virtual clock:
 * w0 burns 5 ms, sleeps 10 and burns 5; w1 and w2 burn 5 and sleep 10. Whatever happens
 * within the same millisecond may come in either order.
 */
class ConcurrencyScenarioTests {

	private static final int[] W0 = { 5, 10, 5 };

	private static final int[] W1 = { 5, 10 };

	@RegisterExtension
	final Engines engines = new Engines();

	@Test
	void theOriginalWorkqueueHasOneThreadThatSleepsWithItsWork() {
		CpuSimulation simulation = simulate(1);
		Workqueue queue = simulation.engine().alloc("q0", 1);
		run(simulation, queue, queue);
		assertThat(simulation.events()).containsExactlyInAnyOrder("0 w0 start", "5 w0 sleep", "15 w0 wake",
				"20 w0 finish", "20 w1 start", "25 w1 sleep", "35 w1 finish", "35 w2 start", "40 w2 sleep",
				"50 w2 finish");
	}

	@Test
	void aSleeperIsReplacedAtOnce() {
		CpuSimulation simulation = simulate(1);
		Workqueue queue = simulation.engine().alloc("q0", 3);
		run(simulation, queue, queue);
		assertThat(simulation.events()).containsExactlyInAnyOrder("0 w0 start", "5 w0 sleep", "5 w1 start",
				"10 w1 sleep", "10 w2 start", "15 w2 sleep", "15 w0 wake", "20 w0 finish", "20 w1 finish",
				"25 w2 finish");
	}

	@Test
	void maxActiveLimitsHowManyMayBeReplaced() {
		CpuSimulation simulation = simulate(1);
		Workqueue queue = simulation.engine().alloc("q0", 2);
		run(simulation, queue, queue);
		assertThat(simulation.events()).containsExactlyInAnyOrder("0 w0 start", "5 w0 sleep", "5 w1 start",
				"10 w1 sleep", "15 w0 wake", "20 w0 finish", "20 w1 finish", "20 w2 start", "25 w2 sleep",
				"35 w2 finish");
	}

	@Test
	void cpuIntensiveWorkHoldsNobodyBack() {
		CpuSimulation simulation = simulate(1);
		run(simulation, simulation.engine().alloc("q0", 0),
				simulation.engine().alloc("q1", 0, WorkqueueFlag.CPU_INTENSIVE));
		assertThat(simulation.events()).containsExactlyInAnyOrder("0 w0 start", "5 w0 sleep", "5 w1 start",
				"5 w2 start", "10 w1 sleep", "15 w2 sleep", "15 w0 wake", "20 w0 finish", "20 w1 finish",
				"25 w2 finish");
	}

	@Test
	void anUnboundQueueStartsAllAtOnce() {
		CpuSimulation simulation = simulate(3);
		Workqueue queue = simulation.engine().alloc("q0", 3, WorkqueueFlag.UNBOUND);
		run(simulation, queue, queue);
		assertThat(simulation.events()).contains("0 w0 start", "0 w1 start", "0 w2 start", "15 w1 finish",
				"15 w2 finish", "20 w0 finish");
	}

	@Test
	void anUnboundQueueKeepsToMaxActive() {
		CpuSimulation simulation = simulate(3);
		Workqueue queue = simulation.engine().alloc("q0", 2, WorkqueueFlag.UNBOUND);
		run(simulation, queue, queue);
		assertThat(simulation.events()).contains("0 w0 start", "0 w1 start", "15 w1 finish", "15 w2 start",
				"20 w0 finish", "30 w2 finish");
	}

	@Test
	void anUnboundQueueOnOneCpuLetsTheSystemShareIt() {
		CpuSimulation simulation = simulate(1);
		Workqueue queue = simulation.engine().alloc("q0", 3, WorkqueueFlag.UNBOUND);
		run(simulation, queue, queue);
		assertThat(finishes(simulation)).containsExactly("20", "20", "25");
	}

	@Test
	void aHogHoldsOthersBackForTheThresholdAndNoLonger() {
		CpuSimulation simulation = simulate(2);
		Workqueue queue = simulation.engine().alloc("q0", 0);
		queue.queue(simulation.engine().initWork("hog", simulation.script(40)));
		queue.queue(simulation.engine().initWork("next", simulation.script(5)));
		simulation.run(60);
		assertThat(simulation.events()).containsExactlyInAnyOrder("0 hog start", "10 next start", "15 next finish",
				"40 hog finish");
		assertThat(cpuIntensive(simulation)).isEqualTo(1);
	}

	@Test
	void sleepingStartsTheHogsTimeAnew() {
		CpuSimulation simulation = simulate(1);
		Workqueue queue = simulation.engine().alloc("q0", 0);
		queue.queue(simulation.engine().initWork("polite", simulation.script(9, 1, 9, 1, 9)));
		queue.queue(simulation.engine().initWork("next", simulation.script(30)));
		simulation.run(100);
		assertThat(simulation.events()).contains("9 polite sleep", "9 next start");
		assertThat(cpuIntensive(simulation)).isZero();
	}

	@Test
	void aHogWithNothingBehindItIsLeftAlone() {
		CpuSimulation simulation = simulate(1);
		simulation.engine().schedule(simulation.engine().initWork("hog", simulation.script(40)));
		simulation.run(60);
		assertThat(simulation.events()).containsExactly("0 hog start", "40 hog finish");
		assertThat(simulation.engine().inspectWorkqueue("system_wq").orElseThrow().stats().cpuIntensive()).isZero();
	}

	private CpuSimulation simulate(int cpus) {
		CpuSimulation simulation = new CpuSimulation(cpus);
		this.engines.add(simulation.engine());
		return simulation;
	}

	private static void run(CpuSimulation simulation, Workqueue first, Workqueue others) {
		WorkqueueEngine engine = simulation.engine();
		first.queue(engine.initWork("w0", simulation.script(W0)));
		others.queue(engine.initWork("w1", simulation.script(W1)));
		others.queue(engine.initWork("w2", simulation.script(W1)));
		simulation.run(100);
	}

	private static List<String> finishes(CpuSimulation simulation) {
		return simulation.events()
			.stream()
			.filter((event) -> event.endsWith("finish"))
			.map((event) -> event.split(" ")[0])
			.sorted()
			.toList();
	}

	private static long cpuIntensive(CpuSimulation simulation) {
		return simulation.engine().inspectWorkqueue("q0").orElseThrow().stats().cpuIntensive();
	}

}
