package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On one queue an item never runs beside itself, whatever has happened to it meanwhile.
 */
class BesideItselfTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(2).cpus(2).maxWorkers(64));

	private final Workqueue queue = this.engine.alloc("queue", 0);

	private final Workqueue other = this.engine.alloc("other", 0, WorkqueueFlag.UNBOUND);

	private final Gate gate = this.engines.gate();

	private final AtomicInteger starts = new AtomicInteger();

	/** Its first run waits for the test, further ones end at once. */
	private final WorkItem item = this.engine.initWork("item", this.queue, (work) -> {
		if (this.starts.incrementAndGet() == 1) {
			this.gate.handle(work);
		}
	});

	/**
	 * Story of a run on another queue, after which nobody knew of the run that went on.
	 */
	@Test
	void anItemThatHasRunOnAnotherQueueMeanwhileWaitsForItsOwnRun() throws Exception {
		startAndRunElsewhere();
		this.queue.queueOn(0, this.item);
		Engines.queue(this.engine, this.queue, "behind", (work) -> {
		}).flush();
		assertThat(this.starts).as("starts").hasValue(2);
		this.gate.open();
		this.item.flush();
		assertThat(this.starts).as("starts").hasValue(3);
	}

	@Test
	void itIsQueuedOnTheCpuWhereItRunsThen() throws Exception {
		startAndRunElsewhere();
		this.queue.queueOn(1, this.item);
		assertThat(pool(this.item)).isSameAs(poolOf(0));
		this.gate.open();
		this.item.flush();
		assertThat(this.starts).as("starts").hasValue(3);
	}

	@Test
	void itIsQueuedWhereItIsWantedWhenThatRunHasEnded() throws Exception {
		startAndRunElsewhere();
		this.gate.open();
		this.queue.flush();
		WorkerPool wanted = poolOf(1);
		wanted.lock.lock();
		try {
			this.queue.queueOn(1, this.item);
			assertThat(pool(this.item)).isSameAs(wanted);
		}
		finally {
			wanted.lock.unlock();
		}
		this.item.flush();
		assertThat(this.starts).as("starts").hasValue(3);
	}

	private void startAndRunElsewhere() throws InterruptedException {
		this.queue.queueOn(0, this.item);
		this.gate.awaitStarts(1);
		this.other.queue(this.item);
		this.other.flush();
		assertThat(this.starts).as("starts").hasValue(2);
	}

	/** Story of a flush that had looked where the item runs before it had the item. */
	@Test
	void aFlushOfATimerQueuesTheItemWhereItRunsByThen() throws Exception {
		DelayedWorkItem periodic = this.engine.initDelayedWork("periodic", this.queue, this.gate);
		this.queue.queueDelayedOn(0, periodic, HOUR);
		FutureTask<Boolean> flush = new FutureTask<>(periodic::flush);
		AtomicBoolean once = new AtomicBoolean();
		this.engine.timers.forEach((armed) -> {
			if (once.compareAndSet(false, true)) {
				untilItWaitsForTheTimers(flush);
				startOnOtherCpu(periodic);
				this.queue.queueDelayedOn(0, periodic, HOUR);
			}
		});
		Engines.until("it is queued", () -> WorkState.isQueued(((EngineWorkItem) periodic).word()));
		assertThat(pool(periodic)).isSameAs(poolOf(1));
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		this.gate.open();
		assertThat(Engines.get(flush)).isTrue();
	}

	private void startOnOtherCpu(DelayedWorkItem periodic) {
		this.queue.modDelayedOn(1, periodic, Duration.ZERO);
		try {
			this.gate.awaitStarts(1);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void untilItWaitsForTheTimers(FutureTask<Boolean> flush) {
		Thread thread = new Thread(flush, "flush");
		thread.setDaemon(true);
		thread.start();
		Engines.until("it waits", () -> thread.getState() == Thread.State.WAITING
				&& Stream.of(thread.getStackTrace()).anyMatch((frame) -> frame.getMethodName().equals("steal")));
	}

	private WorkerPool poolOf(int cpu) {
		return ((EngineWorkqueue) this.queue).links()[cpu].pool;
	}

	private WorkerPool pool(WorkItem pending) {
		return this.engine.pool(WorkState.pool(((EngineWorkItem) pending).word()));
	}

}
