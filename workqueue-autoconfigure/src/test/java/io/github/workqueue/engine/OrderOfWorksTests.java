package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkSnapshot.State;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.workqueue.WorkqueueFlag.UNBOUND;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Works are shown oldest first, also where the clock that stamped them does not tell.
 */
class OrderOfWorksTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final ManualTime time = new ManualTime();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(2).timeSource(this.time));

	@Test
	void whatStartedFirstStandsFirstAlsoOnAWorkerThatIsYounger() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 8, UNBOUND);
		Gate first = this.engines.gate();
		queue.queue(this.engine.initWork("a", queue, first));
		first.awaitStarts(1);
		start(queue, "b", "c");
		first.open();
		Engines.until("a has ended", () -> names(State.RUNNING).size() == 2);
		start(queue, "d", "e");
		assertThat(names(State.RUNNING)).containsExactly("b", "c", "d", "e");
		assertThat(busy()).containsExactly("b", "c", "d", "e");
	}

	@Test
	void whatWaitsForItsOwnExecutionStandsInTheOrderOfTheRequests() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 16, UNBOUND);
		List<WorkItem> items = start(queue, "a", "b", "c", "d");
		for (int i : new int[] { 2, 0, 3, 1 }) {
			items.get(i).schedule();
		}
		assertThat(names(State.PENDING)).containsExactly("c", "a", "d", "b");
		queue.queue(this.engine.initWork("e", queue, this.gate));
		this.gate.awaitStarts(1);
		assertThat(names(State.PENDING)).as("all of them follow their workers").containsExactly("c", "a", "d", "b");
	}

	/** Story: items that share a reading of the clock were shown in any order. */
	@Test
	void whatWillStartFirstStandsFirstAlsoIfItsStampIsNewer() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1, UNBOUND);
		start(queue, "running");
		for (String name : List.of("a", "b", "c", "d")) {
			queue.queue(this.engine.initWork(name, queue, this.gate));
			names(State.PENDING);
			this.time.advance(Duration.ofMillis(-3));
		}
		this.time.advance(Duration.ofSeconds(1));
		assertThat(names(State.PENDING)).containsExactly("a", "b", "c", "d");
		assertThat(works()).filteredOn((work) -> work.state() == State.PENDING)
			.extracting(WorkSnapshot::age)
			.containsOnly(Duration.ofMillis(988));
	}

	@Test
	void worksOfSeveralPoolsAreMergedByTheirAge() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1);
		Workqueue other = this.engine.alloc("other", 1);
		for (int cpu = 0; cpu < 2; cpu++) {
			queue.queueOn(cpu, this.engine.initWork("running" + cpu, queue, this.gate));
			this.gate.awaitStarts(1);
			this.time.advance(Duration.ofMillis(1));
		}
		assertThat(names(State.RUNNING)).containsExactly("running0", "running1");
		int[] cpus = { 1, 1, 0, 1, 0, 0 };
		for (int i = 0; i < cpus.length; i++) {
			queue.queueOn(cpus[i], this.engine.initWork("work" + i, queue, this.gate));
			other.queueOn(cpus[i], this.engine.initWork("other" + i, other, this.gate));
			works();
			this.time.advance(Duration.ofMillis(1));
		}
		assertThat(names(State.PENDING)).containsExactly("work0", "work1", "work2", "work3", "work4", "work5");
	}

	@Test
	void worksOfSeveralPoolsKeepTheirOrderWhileTheClockStandsStill() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1);
		for (int cpu = 0; cpu < 2; cpu++) {
			queue.queueOn(cpu, this.engine.initWork("running" + cpu, queue, this.gate));
		}
		this.gate.awaitStarts(2);
		for (int i = 0; i < 40; i++) {
			queue.queueOn(i % 2, this.engine.initWork("cpu" + i % 2 + " " + i, queue, this.gate));
		}
		for (int cpu = 0; cpu < 2; cpu++) {
			String prefix = "cpu" + cpu + " ";
			List<Integer> numbers = names(State.PENDING).stream()
				.filter((name) -> name.startsWith(prefix))
				.map((name) -> Integer.valueOf(name.substring(prefix.length())))
				.toList();
			assertThat(numbers).hasSize(20).isSorted();
		}
	}

	@Test
	void theOldestAreShownIfNotAllAre() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1);
		KeyedWork<Integer> keyed = this.engine.initKeyedWork("keyed", queue, (key) -> this.gate.handle(null));
		for (int i = 0; i < 150; i++) {
			keyed.schedule(i);
			this.time.advance(Duration.ofMillis(1));
		}
		Engines.until("two run", () -> names(State.RUNNING).size() == 2);
		List<WorkSnapshot> oldest = this.engine.inspectWorks("queue", 100);
		assertThat(oldest).hasSize(100);
		assertThat(oldest.subList(2, 100)).extracting(WorkSnapshot::key)
			.as("the oldest of those that wait on either CPU")
			.isEqualTo(works().stream().map(WorkSnapshot::key).toList().subList(2, 100));
		assertThat(oldest.subList(2, 100)).extracting(WorkSnapshot::age)
			.isSortedAccordingTo((one, two) -> two.compareTo(one));
	}

	/** Starts items one after the other. */
	private List<WorkItem> start(Workqueue queue, String... names) throws InterruptedException {
		List<WorkItem> items = new ArrayList<>();
		for (String name : names) {
			WorkItem item = this.engine.initWork(name, queue, this.gate);
			queue.queue(item);
			this.gate.awaitStarts(1);
			items.add(item);
		}
		return items;
	}

	private List<WorkSnapshot> works() {
		return this.engine.inspectWorks("queue", Integer.MAX_VALUE);
	}

	private List<String> names(State state) {
		return works().stream().filter((work) -> work.state() == state).map(WorkSnapshot::work).toList();
	}

	private List<String> busy() {
		return this.engine.inspectPools()
			.stream()
			.flatMap((pool) -> pool.busy().stream())
			.map(WorkerSnapshot::work)
			.toList();
	}

}
