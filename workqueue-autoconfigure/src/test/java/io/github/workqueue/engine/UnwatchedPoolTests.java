package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What producers and workers see to themselves, and when they ask for the monitor: it has
 * stopped here.
 */
class UnwatchedPoolTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final ToldProbe probe = new ToldProbe();

	private final AtomicBoolean noThreads = new AtomicBoolean();

	private final WorkqueueEngine engine = startUnwatched();

	private final WorkerPool pool = this.engine.pool(0);

	private final Gate gate = this.engines.gate();

	private final Gate next = this.engines.gate();

	private final AtomicReference<Worker> worker = new AtomicReference<>();

	private WorkqueueEngine startUnwatched() {
		EngineSettings.Builder settings = Engines.settings(1)
			.timeSource(new ManualTime())
			.watchdogThreshold(Duration.ZERO)
			.threadFactory((body) -> this.noThreads.get() ? null : new Thread(body));
		WorkqueueEngine engine = this.engines.start(settings, this.probe);
		engine.monitor.stop();
		return engine;
	}

	/** Starts a work that is awake until the test says otherwise. */
	private void startCounted(WorkHandler handler) throws InterruptedException {
		startCounted(this.engine.get("system_wq"), handler);
	}

	private void startCounted(Workqueue queue, WorkHandler handler) throws InterruptedException {
		Engines.queue(this.engine, queue, "counted", (work) -> {
			this.worker.set(Worker.current());
			handler.handle(work);
		});
		this.gate.awaitStarts(1);
		Engines.until("the spare worker rests", this::othersRest);
		assertThat(this.pool.concurrency.running()).isOne();
	}

	private boolean othersRest() {
		this.pool.lock.lock();
		try {
			return this.pool.idle.size() > 0 && this.pool.workers.stream()
				.allMatch((worker) -> worker.isBusy() || (worker.idle && !worker.isWakeSent()));
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	private void fallAsleep() {
		this.probe.asleep.add(this.worker.get().thread());
	}

	private void wakeUp() {
		this.probe.asleep.clear();
	}

	private WorkItem queueNext() {
		return Engines.queue(this.engine, "next", this.next);
	}

	private void endWatch() {
		this.pool.lock.lock();
		try {
			this.pool.progress.endWatch();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	private long replaced() {
		return Engines.stats(this.engine, "system_wq").cmWakeup();
	}

	@Test
	void aProducerReplacesACountedWorkerThatSleeps() throws Exception {
		startCounted(this.gate);
		fallAsleep();
		queueNext();
		this.next.awaitStarts(1);
		assertThat(replaced()).isOne();
		assertThat(this.pool.concurrency.running()).isOne();
	}

	@Test
	void aProducerHasAPoolWatchedWhoseCountedWorkerIsAwake() throws Exception {
		startCounted(this.gate);
		endWatch();
		assertThat(this.pool.progress.isWatched()).isFalse();
		queueNext();
		assertThat(this.pool.progress.isWatched()).isTrue();
		assertThat(replaced()).isZero();
		assertThat(this.next.hasStarted()).isFalse();
	}

	@Test
	void aRaisedLimitReplacesACountedWorkerThatSleeps() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1);
		startCounted(queue, this.gate);
		Engines.queue(this.engine, queue, "next", this.next);
		fallAsleep();
		queue.setMaxActive(2);
		this.next.awaitStarts(1);
	}

	@Test
	void whoHasAPoolWatchedWakesTheMonitor() throws Exception {
		ManualTime time = new ManualTime();
		WorkqueueEngine watching = this.engines
			.start(Engines.settings(1).timeSource(time).watchdogThreshold(Duration.ZERO), this.probe);
		Engines.queue(watching, "counted", this.gate);
		this.gate.awaitStarts(1);
		Engines.until("the monitor rests", () -> {
			time.advance(Duration.ofMillis(10));
			return !watching.pool(0).progress.isWatched() && !time.isAwaited();
		});
		Engines.queue(watching, "next", this.next);
		Engines.until("the monitor waits for its next look", time::isAwaited);
	}

	@Test
	void aWorkerThatWaitsInTheEngineIsNotReplaced() throws Exception {
		startCounted((work) -> {
			Worker self = Worker.current();
			boolean before = self.execution.enterEngine();
			this.gate.handle(work);
			self.execution.leaveEngine(before);
		});
		fallAsleep();
		assertThat(this.pool.concurrency.lookAtCounted()).isFalse();
		assertThat(this.pool.concurrency.running()).isOne();
	}

	@Test
	void everyItemStartsWhileTheSleeperStaysAsleep() throws Exception {
		startCounted(this.gate);
		fallAsleep();
		this.next.open();
		for (int i = 0; i < 3; i++) {
			queueNext();
			this.next.awaitStarts(1);
			Engines.until("the item has ended", () -> this.pool.concurrency.running() == 0);
		}
	}

	@Test
	void aSleeperThatWokeIsCountedInPlaceOfWakingAnother() throws Exception {
		startCounted(this.gate);
		fallAsleep();
		this.next.open();
		queueNext();
		this.next.awaitStarts(1);
		Engines.until("the other rests", () -> this.pool.concurrency.running() == 0 && othersRest());
		wakeUp();
		this.pool.lock.lock();
		try {
			queueNext();
			assertThat(this.pool.concurrency.running()).isOne();
			assertThat(this.pool.idle.first().isWakeSent()).isFalse();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	@Test
	void whoSaysThatItWaitsIsReplacedAndIsCountedAgainAfterwards() throws Exception {
		AtomicReference<String> steps = new AtomicReference<>("");
		startCounted((work) -> {
			this.gate.handle(work);
			Worker self = Worker.current();
			steps.set("outer " + self.beginBlocking() + " inner " + self.beginBlocking());
			this.next.awaitStarts(1);
			this.gate.enter();
		});
		queueNext();
		assertThat(this.next.hasStarted()).isFalse();
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(steps).hasValue("outer true inner false");
		assertThat(replaced()).isOne();
	}

	@Test
	void aWaitThatWasToldIsOverWhenItIsToldSo() throws Exception {
		startCounted((work) -> {
			Worker self = Worker.current();
			self.beginBlocking();
			assertThat(this.pool.concurrency.running()).isZero();
			self.endBlocking();
			this.gate.handle(work);
		});
	}

	@Test
	void whoWasSeenAsleepMaySayThatItWaits() throws Exception {
		FutureTask<Boolean> outermost = new FutureTask<>(() -> Worker.current().beginBlocking());
		startCounted((work) -> {
			this.gate.handle(work);
			outermost.run();
			this.gate.handle(work);
		});
		fallAsleep();
		queueNext();
		this.next.awaitStarts(1);
		wakeUp();
		this.gate.letGo(1);
		assertThat(Engines.get(outermost)).isTrue();
		assertThat(this.pool.concurrency.running()).isOne();
	}

	@Test
	void whatACpuIntensiveWorkSaysOfItsWaitsChangesNothing() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1, WorkqueueFlag.CPU_INTENSIVE);
		FutureTask<Boolean> outermost = new FutureTask<>(() -> Worker.current().beginBlocking());
		Engines.queue(this.engine, queue, "hog", (work) -> outermost.run());
		assertThat(Engines.get(outermost)).isFalse();
	}

	@Test
	void anItemThatNobodyCanBeMadeForIsWatched() {
		this.noThreads.set(true);
		WorkItem first = Engines.queue(this.engine, "first", this.gate);
		assertThat(first.cancel()).isTrue();
		endWatch();
		assertThat(this.pool.progress.isWatched()).isFalse();
		WorkItem second = queueNext();
		assertThat(this.pool.progress.isWatched()).isTrue();
		assertThat(second.cancel()).isTrue();
	}

	@Test
	void whoLeavesAnItemBehindHasThePoolWatched() {
		this.pool.lock.lock();
		try {
			queueNext();
			assertThat(this.pool.progress.isKept()).as("while it is in the inbox").isTrue();
			this.pool.drainInbox();
			this.pool.progress.endWatch();
			assertThat(this.pool.progress.isKept()).isFalse();
		}
		finally {
			this.pool.lock.unlock();
		}
		assertThat(this.pool.progress.isWatched()).isTrue();
	}

	@Test
	void aWorkerThatWaitsForTheLockOfItsPoolIsNotAsleep() throws Exception {
		startCounted((work) -> {
			this.gate.handle(work);
			Worker.current().execution.describe("has the lock");
			this.gate.handle(work);
		});
		fallAsleep();
		Worker counted = this.worker.get();
		assertThat(counted.looksAsleep()).as("in the handler").isTrue();
		this.pool.lock.lock();
		try {
			this.gate.letGo(1);
			Engines.until("it waits", () -> this.pool.lock.hasQueuedThread(counted.thread()));
			assertThat(counted.looksAsleep()).as("at the lock").isFalse();
		}
		finally {
			this.pool.lock.unlock();
		}
		this.gate.awaitStarts(1);
		assertThat(counted.looksAsleep()).as("in the handler again").isTrue();
	}

}
