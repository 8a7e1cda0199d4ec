package io.github.workqueue.engine;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The totals of a queue are the sums of what its links on all CPUs have counted.
 */
class QueueLinkTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(2).cpus(2));

	private final EngineWorkqueue queue = this.engine.own(this.engine.alloc("queue", 1));

	private final Gate gate = this.engines.gate();

	@Test
	void whatHappenedToWorkersIsCountedOnEachCpu() {
		for (QueueLink link : this.queue.links()) {
			link.burned(3_000_000);
			link.hogged();
			link.burned(4_000_000);
			times(2, link::wokeAnother);
			times(3, link::calledRescuer);
			times(4, link::rescued);
			times(5, link::retried);
		}
		QueueTotals sum = totals();
		assertThat(sum.cpuMicros).isEqualTo(14_000);
		assertThat(sum.cpuIntensive).isEqualTo(2);
		assertThat(sum.cmWakeup).isEqualTo(4);
		assertThat(sum.mayday).isEqualTo(6);
		assertThat(sum.rescued).isEqualTo(8);
		assertThat(sum.retries).isEqualTo(10);
	}

	@Test
	void onlyWhatFailedIsCountedAsFailed() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		for (int cpu = 0; cpu < 2; cpu++) {
			run(cpu, "works");
			run(cpu, "works too");
			run(cpu, "fails");
		}
		QueueTotals sum = totals();
		assertThat(sum.failed).isEqualTo(2);
		assertThat(sum.completed).isEqualTo(6);
		assertThat(sum.started).isEqualTo(6);
		assertThat(sum.adds).isEqualTo(6);
		assertThat(log.containing("fails")).hasSize(2);
	}

	@Test
	void whatWaitsIsPendingAndWhatRunsIsNot() throws Exception {
		for (int cpu = 0; cpu < 2; cpu++) {
			for (int i = 0; i < 3; i++) {
				this.queue.queueOn(cpu, this.engine.initWork("work" + i, this.queue, this.gate));
			}
		}
		this.gate.awaitStarts(2);
		QueueTotals sum = totals();
		assertThat(sum.running).isEqualTo(2);
		assertThat(sum.pending).isEqualTo(4);
		assertThat(sum.inactive).isEqualTo(4);
	}

	@Test
	void aQueueIsEmptyButForTheOneWhoAsksIfNothingElseIsThere() throws Exception {
		assertThat(ask(this.queue, 0)).as("alone").isTrue();
		Workqueue two = this.engine.alloc("two", 2);
		two.queueOn(0, this.engine.initWork("other", two, this.gate));
		this.gate.awaitStarts(1);
		assertThat(ask(two, 0)).as("beside another").isFalse();
		assertThat(ask(two, 1)).as("beside another on another CPU").isFalse();
		assertThat(ask(this.queue, 0)).as("beside one of another queue").isTrue();
	}

	@Test
	void aQueueIsNotEmptyBehindTheOneWhoAsks() throws Exception {
		WorkItem behind = this.engine.initWork("behind", this.queue, this.gate);
		assertThat(ask(this.queue, 0, () -> this.queue.queueOn(0, behind))).as("with another behind").isFalse();
		this.gate.awaitStarts(1);
		assertThat(ask(this.engine.alloc("another", 1), 0, () -> isEmptyBut(this.queue))).as("from elsewhere")
			.isFalse();
	}

	/** Whether a queue is empty but for its own work that asks. */
	private boolean ask(Workqueue asked, int cpu) throws Exception {
		return ask(asked, cpu, () -> true);
	}

	private boolean ask(Workqueue asked, int cpu, Callable<Boolean> before) throws Exception {
		FutureTask<Boolean> answer = new FutureTask<>(() -> before.call() && isEmptyBut(asked));
		asked.queueOn(cpu, this.engine.initWork("asks", asked, (work) -> answer.run()));
		return Engines.get(answer);
	}

	private static boolean isEmptyBut(Workqueue queue) {
		return Drain.isEmpty(List.of(((EngineWorkqueue) queue).links()), Worker.current());
	}

	private void run(int cpu, String name) throws InterruptedException {
		WorkItem item = this.engine.initWork(name, this.queue, (work) -> {
			if (name.equals("fails")) {
				throw new IllegalStateException("expected by the test");
			}
		});
		this.queue.queueOn(cpu, item);
		this.queue.flush();
	}

	private static void times(int count, Runnable action) {
		for (int i = 0; i < count; i++) {
			action.run();
		}
	}

	private QueueTotals totals() {
		QueueTotals sum = new QueueTotals();
		for (QueueLink link : this.queue.links()) {
			link.pool.items.addTotals(link, sum);
		}
		return sum;
	}

}
