package io.github.workqueue.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.workqueue.engine.EngineWorkqueue.ANY_CPU;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a request goes that leaves the choice of the CPU. What runs here waits for the
 * test, but counts as awake, so a CPU is busy until the test says otherwise.
 */
class PoolChoiceTests {

	private static final int CPUS = 8;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(CPUS).cpus(CPUS), new AwakeProbe());

	private final EngineWorkqueue queue = (EngineWorkqueue) this.engine.alloc("queue", 0);

	private final EngineWorkItem item = (EngineWorkItem) this.engine.initWork("item", this.queue, (work) -> {
	});

	private final Gate gate = this.engines.gate();

	@Test
	void aThreadKeepsToOneQuietCpu() {
		int near = chosen();
		for (int i = 0; i < 20; i++) {
			assertThat(chosen()).isEqualTo(near);
		}
	}

	@Test
	void threadsAreSpreadOverAllCpus() throws Exception {
		Set<Integer> cpus = new HashSet<>();
		for (int i = 0; i < 40 * CPUS; i++) {
			cpus.add(Engines.get(Engines.async(this::chosen)));
		}
		assertThat(cpus).containsAll(IntStream.range(0, CPUS).boxed().toList());
	}

	@Test
	void aRequestLeavesABusyCpuForTheNextQuietOneOfFour() throws Exception {
		int near = chosen();
		for (int i = 0; i <= 4; i++) {
			int cpu = (near + i) % CPUS;
			assertThat(chosen()).isEqualTo(cpu);
			occupy(cpu);
		}
		assertThat(chosen()).as("the fifth is not looked at").isEqualTo(near);
	}

	@Test
	void aWorkerAsksForTheCpusBehindItsOwn() throws Exception {
		for (int i = 0; i < CPUS; i++) {
			assertThat(chosenOn(this.queue, i)).isEqualTo((i + 1) % CPUS);
		}
	}

	@Test
	void everyWorkerOfTheFirstCpuAsksForTheSecond() throws Exception {
		for (int i = 0; i < 10; i++) {
			FutureTask<Integer> chosen = new FutureTask<>(this::chosen);
			this.queue.queueOn(0, this.engine.initWork("asks" + i, this.queue, (work) -> {
				chosen.run();
				this.engine.blocking(() -> {
					this.gate.handle(work);
					return null;
				});
			}));
			assertThat(Engines.get(chosen)).isOne();
			this.gate.awaitStarts(1);
		}
	}

	@Test
	void aWorkerWithoutCpuAsksAsAnyThread() throws Exception {
		assertThat(chosenOn(this.engine.get("system_unbound_wq"), 0)).isBetween(0, CPUS - 1);
	}

	@Test
	void aWorkerOfAnotherEngineAsksAsAnyThread() throws Exception {
		WorkqueueEngine larger = this.engines.start(Engines.settings(1).cpus(2 * CPUS));
		FutureTask<Integer> chosen = new FutureTask<>(this::chosen);
		larger.get("system_wq").queueOn(2 * CPUS - 1, larger.initWork("asks", (work) -> chosen.run()));
		assertThat(Engines.get(chosen)).isBetween(0, CPUS - 1);
	}

	@Test
	void betweenBusyCpusTheOneWithClearlyLessToDoIsChosen() throws Exception {
		for (int cpu = 0; cpu < CPUS; cpu++) {
			occupy(cpu);
		}
		int near = chosen();
		holdingAllLocks(() -> {
			fill(near, 1);
			assertThat(chosen()).as("one less is not clearly less").isEqualTo(near);
			fill(near, 3);
			IntStream.range(1, CPUS).forEach((i) -> fill((near + i) % CPUS, (i < 3) ? 2 : 1));
			assertThat(chosen()).as("the first with two less").isEqualTo((near + 1) % CPUS);
			fill((near + 1) % CPUS, 2);
			fill((near + 2) % CPUS, 2);
			assertThat(chosen()).as("the first with three less").isEqualTo((near + 3) % CPUS);
		});
	}

	@Test
	void aBhRequestStaysOnABusyCpuForTheOrdersSake() throws Exception {
		EngineWorkqueue bh = (EngineWorkqueue) this.engine.get("system_bh_wq");
		int near = bh.choosePool(this.item, ANY_CPU).cpu;
		for (int i = 0; i < 3; i++) {
			bh.queueOn(near, this.engine.initWork("busy" + i, bh, this.gate));
		}
		this.gate.awaitStarts(1);
		assertThat(bh.choosePool(this.item, ANY_CPU).cpu).isEqualTo(near);
	}

	@Test
	void anItemFollowsWhereTheQueueRunsItWhateverCpuIsAskedFor() throws Exception {
		EngineWorkItem running = (EngineWorkItem) this.engine.initWork("running", this.queue, this.gate);
		this.queue.queueOn(5, running);
		this.gate.awaitStarts(1);
		assertThat(this.queue.choosePool(running, 2).cpu).isEqualTo(5);
		assertThat(this.queue.choosePool(this.item, 2).cpu).as("another item").isEqualTo(2);
		EngineWorkqueue other = (EngineWorkqueue) this.engine.alloc("other", 0);
		assertThat(other.choosePool(running, 2).cpu).as("on another queue").isEqualTo(2);
	}

	@Test
	void anItemOfAnOrderedQueueKeepsItsPlaceInLineWhereverItRuns() throws Exception {
		EngineWorkItem running = (EngineWorkItem) this.engine.initWork("running", this.queue, this.gate);
		this.queue.queueOn(5, running);
		this.gate.awaitStarts(1);
		EngineWorkqueue ordered = (EngineWorkqueue) this.engine.allocOrdered("ordered");
		assertThat(ordered.choosePool(running, ANY_CPU)).isSameAs(ordered.links()[0].pool);
	}

	private int chosen() {
		return this.queue.choosePool(this.item, ANY_CPU).cpu;
	}

	/** The choice of a worker of a CPU while nothing else runs. */
	private int chosenOn(Workqueue where, int cpu) throws Exception {
		FutureTask<Integer> chosen = new FutureTask<>(this::chosen);
		where.queueOn(cpu, this.engine.initWork("asks", where, (work) -> chosen.run()));
		int result = Engines.get(chosen);
		Engines.until("all CPUs are quiet", () -> this.engine.pools().stream().allMatch(WorkerPool::isQuiet));
		return result;
	}

	private void occupy(int cpu) throws InterruptedException {
		this.queue.queueOn(cpu, this.engine.initWork("busy" + cpu, this.queue, this.gate));
		this.gate.awaitStarts(1);
	}

	/** Queues items that nobody can take over, since the test holds the locks. */
	private void fill(int cpu, int count) {
		for (int i = 0; i < count; i++) {
			this.queue.queueOn(cpu, this.engine.initWork("waits", this.queue, this.gate));
		}
	}

	private void holdingAllLocks(Runnable action) {
		this.engine.pools().forEach((pool) -> pool.lock.lock());
		try {
			action.run();
		}
		finally {
			this.engine.pools().forEach((pool) -> pool.lock.unlock());
		}
	}

}
