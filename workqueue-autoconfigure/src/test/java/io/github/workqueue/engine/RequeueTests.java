package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An item that is queued again while it runs: it runs once more, afterwards, wherever the
 * request came from and whoever runs it.
 */
class RequeueTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger overlaps = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound", "ordered", "bh" })
	void aHandlerThatQueuesItsItemIsCalledOnceMore(String kind) throws Exception {
		WorkqueueEngine engine = this.engines.start(2);
		Workqueue queue = QueueKinds.alloc(engine, kind);
		AtomicBoolean pendingAtStart = new AtomicBoolean();
		AtomicInteger accepted = new AtomicInteger();
		WorkItem item = engine.initWork("item", queue, (work) -> {
			pendingAtStart.compareAndSet(false, work.isPending());
			if (this.runs.incrementAndGet() == 1) {
				accepted.addAndGet(work.schedule() ? 1 : 0);
				accepted.addAndGet(work.schedule() ? 1 : 0);
			}
		});
		item.schedule();
		assertThat(queue.drain(Engines.PATIENCE)).isTrue();
		assertThat(pendingAtStart).as("pending when the handler begins").isFalse();
		assertThat(accepted).as("requests accepted within").hasValue(1);
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void aRequestFromAnotherCpuWaitsForTheRunningInstance() throws Exception {
		WorkqueueEngine engine = this.engines.start(2);
		Workqueue queue = engine.alloc("queue", 0);
		WorkItem item = startedOn(engine, queue);
		assertThat(queue.queueOn(1, item)).isTrue();
		runsOnceMoreAfterwards(engine, queue, 1);
	}

	/** The other queue is served by the same pool. */
	@Test
	void aRequestOnAnotherQueueOfTheSameCpuWaitsForTheRunningInstance() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue other = engine.alloc("other", 0);
		WorkItem item = startedOn(engine, engine.alloc("queue", 0));
		assertThat(other.queue(item)).isTrue();
		runsOnceMoreAfterwards(engine, other, 0);
	}

	@Test
	void aWorkerWaitsForTheInstanceThatARescuerRuns() throws Exception {
		AtomicBoolean scarce = new AtomicBoolean();
		ThreadFactory factory = (body) -> scarce.get() ? null : new Thread(body);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(factory));
		Workqueue queue = engine.alloc("queue", 0, WorkqueueFlag.MEM_RECLAIM);
		scarce.set(true);
		WorkItem item = startedOn(engine, queue);
		assertThat(Engines.busy(engine, "item").worker()).isEqualTo("kworker/R-queue");
		scarce.set(false);
		assertThat(queue.queue(item)).isTrue();
		runsOnceMoreAfterwards(engine, queue, 0);
	}

	private WorkItem startedOn(WorkqueueEngine engine, Workqueue queue) throws InterruptedException {
		WorkItem item = Engines.queue(engine, queue, "item", (work) -> {
			this.overlaps.addAndGet((this.inside.getAndIncrement() > 0) ? 1 : 0);
			this.runs.incrementAndGet();
			this.gate.handle(work);
			this.inside.decrementAndGet();
		});
		this.gate.awaitStarts(1);
		return item;
	}

	/** A marker behind the request tells that this was looked at. */
	private void runsOnceMoreAfterwards(WorkqueueEngine engine, Workqueue queue, int cpu) throws Exception {
		Gate marker = this.engines.gate();
		queue.queueOn(cpu, engine.initWork("marker", queue, marker.passing()));
		marker.awaitStarts(1);
		assertThat(this.runs).as("runs beside the first").hasValue(1);
		this.gate.letGo(2);
		assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		Engines.until("both runs ended", () -> this.gate.ended.get() == 2);
		assertThat(this.runs).hasValue(2);
		assertThat(this.overlaps).hasValue(0);
	}

	@Test
	void oneCancelSyncStopsAnItemThatQueuesItself() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 0);
		AtomicInteger refused = new AtomicInteger();
		WorkItem item = engine.initWork("item", queue, (work) -> {
			this.runs.incrementAndGet();
			refused.addAndGet(work.schedule() ? 0 : 1);
		});
		for (int round = 1; round <= 30; round++) {
			int before = this.runs.get();
			assertThat(item.schedule()).as("enabled again").isTrue();
			Engines.until("it runs again and again", () -> this.runs.get() > before + 2);
			item.cancelSync();
			int atReturn = this.runs.get();
			assertThat(item.isPending() || item.isRunning()).isFalse();
			assertThat(queue.drain(Engines.PATIENCE)).isTrue();
			assertThat(this.runs).as("runs after the call").hasValue(atReturn);
		}
		assertThat(refused.get()).as("requests refused while the call waited").isLessThanOrEqualTo(30);
	}

	@Test
	void aRequestThatWasRefusedIsNeverMadeUpFor() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 0);
		WorkItem item = startedOn(engine, queue);
		FutureTask<Boolean> disable = Engines.async(item::disableSync);
		Engines.until("it waits", () -> WorkState.depth(((EngineWorkItem) item).word()) == 1);
		assertThat(item.schedule()).isFalse();
		this.gate.open();
		assertThat(Engines.get(disable)).isFalse();
		assertThat(item.schedule()).as("still disabled").isFalse();
		assertThat(item.enable()).isTrue();
		assertThat(queue.flush(Duration.ofSeconds(20))).isTrue();
		assertThat(this.runs).hasValue(1);
		assertThat(item.schedule()).isTrue();
		assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(this.runs).hasValue(2);
	}

}
