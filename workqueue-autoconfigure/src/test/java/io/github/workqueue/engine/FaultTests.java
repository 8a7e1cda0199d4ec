package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever fails beside the handlers' logic, accepted work goes on and the books balance.
 */
class FaultTests {

	@RegisterExtension
	final Engines engines = new Engines();

	/** The clock fails, once, for the next worker that reads it. */
	private final AtomicBoolean clockFails = new AtomicBoolean();

	private final TimeSource failing = () -> {
		boolean worker = Thread.currentThread().getName().startsWith("kworker/");
		if (worker && this.clockFails.compareAndSet(true, false)) {
			throw new OutOfMemoryError("on purpose");
		}
		return System.nanoTime();
	};

	@Test
	void aWorkerThatDiesAfterItsItemLetsGoOfItAndIsReplaced() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(this.failing));
		Gate gate = this.engines.gate();
		WorkItem first = Engines.queue(engine, "first", gate);
		gate.awaitStarts(1);
		FutureTask<Boolean> flush = Engines.async(first::flush);
		this.clockFails.set(true);
		gate.letGo(1);
		Engines.get(flush);
		assertThat(this.clockFails).isFalse();
		Engines.queue(engine, "second", gate);
		gate.awaitStarts(1);
	}

	@Test
	void aWorkerThatDiesWhileItsItemIsQueuedAgainLeavesThatToOthers() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(this.failing));
		Gate gate = this.engines.gate();
		WorkItem item = Engines.queue(engine, "item", gate);
		gate.awaitStarts(1);
		assertThat(item.schedule()).isTrue();
		this.clockFails.set(true);
		gate.letGo(2);
		gate.awaitStarts(1);
		Engines.until("a worker died", () -> !this.clockFails.get());
		Engines.until("both runs ended", () -> gate.ended.get() == 2);
		Engines.queue(engine, "next", gate.passing());
		gate.awaitStarts(1);
	}

	/**
	 * Story: a rescuer whose own code failed between two items kept the one that it had
	 * run, and who waited for that waited for good.
	 */
	@Test
	void aRescuerThatFailsAfterItsItemLetsGoOfItAndComesAgain() throws Exception {
		AtomicBoolean scarce = new AtomicBoolean();
		ThreadFactory factory = (body) -> scarce.get() ? null : new Thread(body);
		WorkqueueEngine engine = this.engines
			.start(Engines.settings(1).timeSource(this.failing).threadFactory(factory));
		Workqueue queue = engine.alloc("queue", 0, WorkqueueFlag.MEM_RECLAIM);
		scarce.set(true);
		Gate gate = this.engines.gate();
		WorkItem first = Engines.queue(engine, queue, "first", gate);
		gate.awaitStarts(1);
		Engines.queue(engine, queue, "second", gate);
		assertThat(queue.queue(first)).as("queued behind itself").isTrue();
		FutureTask<Boolean> flush = Engines.async(() -> queue.flush(Engines.PATIENCE));
		this.clockFails.set(true);
		gate.letGo(3);
		assertThat(Engines.get(flush)).isTrue();
		assertThat(this.clockFails).isFalse();
		assertThat(Engines.stats(engine, "queue").completed()).isEqualTo(gate.ended.get());
	}

	@Test
	void aRescuerThatFailsLeavesWhatFollowsItsItemToOthers() throws Exception {
		AtomicBoolean fails = new AtomicBoolean();
		TimeSource time = () -> {
			if (Thread.currentThread().getName().startsWith("kworker/R-first") && fails.compareAndSet(true, false)) {
				throw new OutOfMemoryError("on purpose");
			}
			return System.nanoTime();
		};
		AtomicBoolean scarce = new AtomicBoolean();
		ThreadFactory factory = (body) -> scarce.get() ? null : new Thread(body);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(time).threadFactory(factory));
		Workqueue first = engine.alloc("first", 0, WorkqueueFlag.MEM_RECLAIM);
		Workqueue second = engine.alloc("second", 0, WorkqueueFlag.MEM_RECLAIM);
		scarce.set(true);
		Gate gate = this.engines.gate();
		EngineWorkItem item = (EngineWorkItem) Engines.queue(engine, first, "item", gate);
		gate.awaitStarts(1);
		assertThat(second.queue(item)).isTrue();
		Worker rescuer = item.runner();
		Engines.until("the item follows itself", () -> hasFollower(rescuer));
		fails.set(true);
		gate.letGo(2);
		gate.awaitStarts(1);
		assertThat(second.flush(Engines.PATIENCE)).isTrue();
		assertThat(fails).isFalse();
		assertThat(Engines.stats(engine, "first").failed()).isOne();
		assertThat(Engines.stats(engine, "second").rescued()).isOne();
	}

	private static boolean hasFollower(Worker worker) {
		worker.pool.lock.lock();
		try {
			return !worker.scheduled.isEmpty();
		}
		finally {
			worker.pool.lock.unlock();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "never starts", "drops its body", "returns null", "throws" })
	void aThreadFactoryThatFailsIsTriedAgainAndNothingIsLost(String fault) throws Exception {
		AtomicBoolean broken = new AtomicBoolean(true);
		AtomicInteger made = new AtomicInteger();
		ThreadFactory factory = (body) -> {
			made.incrementAndGet();
			return broken.get() ? brokenThread(fault, body) : WorkerThreads.platformFactory().newThread(body);
		};
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(factory));
		Gate gate = this.engines.gate();
		Engines.queue(engine, "first", gate.passing());
		Engines.queue(engine, "second", gate.passing());
		Engines.until("it was tried", () -> made.get() > 0);
		broken.set(false);
		gate.awaitStarts(2);
	}

	private static @Nullable Thread brokenThread(String fault, Runnable body) {
		return switch (fault) {
			case "never starts" -> new Thread(body) {
				@Override
				public void start() {
					// as if it had been started
				}
			};
			case "drops its body" -> new Thread(() -> {
			});
			case "returns null" -> null;
			default -> throw new OutOfMemoryError("on purpose");
		};
	}

	/** A worker in a listener is as good as a worker in a handler. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aListenerThatBlocksHoldsUpOnlyItsOwnWorker(boolean started) throws Exception {
		Gate stuck = this.engines.gate();
		WorkListener listener = new WorkListener() {
			@Override
			public void started(WorkItem work, Workqueue queue, long waitedNanos) {
				block(started, work);
			}

			@Override
			public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
				block(!started, work);
			}

			private void block(boolean here, WorkItem work) {
				if (here && work.name().equals("stuck")) {
					handle(stuck, work);
				}
			}
		};
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).listener(listener));
		Gate gate = this.engines.gate();
		Engines.queue(engine, "stuck", (work) -> {
		});
		stuck.awaitStarts(1);
		Engines.queue(engine, "next", gate.passing());
		gate.awaitStarts(1);
	}

	private static void handle(Gate gate, WorkItem work) {
		try {
			gate.handle(work);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "handler", "started", "finished" })
	void errorsOfHandlersAndListenersLeaveTheWorkerAlive(String where) throws Exception {
		AtomicBoolean fails = new AtomicBoolean(true);
		WorkListener listener = new WorkListener() {
			@Override
			public void started(WorkItem work, Workqueue queue, long waitedNanos) {
				overflow(where.equals("started") && fails.getAndSet(false));
			}

			@Override
			public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
				overflow(where.equals("finished") && fails.getAndSet(false));
			}
		};
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).listener(listener));
		WorkHandler handler = (work) -> overflow(where.equals("handler") && fails.getAndSet(false));
		WorkItem item = Engines.queue(engine, "item", handler);
		item.flush();
		assertThat(fails).isFalse();
		assertThat(item.schedule()).isTrue();
		item.flush();
		assertThat(Engines.stats(engine, "system_wq").failed()).isEqualTo(where.equals("handler") ? 1 : 0);
		assertThat(Engines.stats(engine, "system_wq").completed()).isEqualTo(2);
	}

	/** A listener that cannot get memory is as good as none. */
	@ParameterizedTest
	@ValueSource(strings = { "handler", "queued", "started", "finished", "keyed handler" })
	void wantOfMemoryInUserCodeLosesNothing(String where) throws Exception {
		AtomicInteger failures = new AtomicInteger();
		WorkListener listener = new WorkListener() {
			@Override
			public void queued(WorkItem work, Workqueue queue) {
				runOut(where.equals("queued"));
			}

			@Override
			public void started(WorkItem work, Workqueue queue, long waitedNanos) {
				runOut(where.equals("started"));
			}

			@Override
			public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
				runOut(where.equals("finished"));
			}

			private void runOut(boolean here) {
				if (here) {
					failures.incrementAndGet();
					throw new OutOfMemoryError("on purpose");
				}
			}
		};
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).listener(listener));
		Workqueue queue = engine.alloc("queue", 1);
		AtomicInteger runs = new AtomicInteger();
		KeyedWork<Integer> keyed = engine.initKeyedWork("keyed", queue,
				(key) -> run(runs, where.equals("keyed handler")));
		WorkItem item = engine.initWork("item", queue, (work) -> run(runs, where.equals("handler")));
		for (int round = 0; round < 20; round++) {
			assertThat(item.schedule()).isTrue();
			assertThat(keyed.schedule(round)).isTrue();
			item.flush();
			keyed.flush(round);
		}
		assertThat(runs).hasValue(40);
		assertThat(Engines.stats(engine, "queue").completed()).isEqualTo(40);
		assertThat(Engines.stats(engine, "queue").failed()).isEqualTo(where.endsWith("handler") ? 20 : 0);
		assertThat(failures).hasValue(where.endsWith("handler") ? 0 : 40);
		Engines.until("no key is kept", () -> keyed.size() == 0);
	}

	private static void run(AtomicInteger runs, boolean fails) {
		runs.incrementAndGet();
		if (fails) {
			throw new OutOfMemoryError("on purpose");
		}
	}

	private static int overflow(boolean wanted) {
		return wanted ? overflow(true) + 1 : 0;
	}

	/**
	 * An interrupt that nobody takes ends each park at once, and the thread would spin.
	 */
	@Test
	void strayInterruptsDoNotKeepIdleWorkersAwake() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		Gate gate = this.engines.gate();
		DelayedWorkItem delayed = engine.initDelayedWork("delayed", gate.passing());
		delayed.schedule(Duration.ofHours(1));
		Engines.queue(engine, "first", gate);
		gate.awaitStarts(1);
		Engines.queue(engine, "second", gate);
		gate.awaitStarts(1);
		gate.letGo(2);
		Engines.until("all idle", () -> gate.ended.get() == 2);
		List<Thread> workers = workers(engine);
		workers.forEach(Thread::interrupt);
		Engines.until("the interrupts are taken", () -> workers.stream().noneMatch(Thread::isInterrupted));
		Engines.until("all park", () -> workers.stream().allMatch(ThreadProbe.SYSTEM::isWaiting));
		delayed.modify(Duration.ofMillis(1));
		gate.awaitStarts(1);
	}

	private static List<Thread> workers(WorkqueueEngine engine) {
		WorkerPool pool = engine.pool(0);
		pool.lock.lock();
		try {
			return pool.workers.stream().map(Worker::thread).toList();
		}
		finally {
			pool.lock.unlock();
		}
	}

	@Test
	void aClockThatFailsOnceStopsNeitherMonitorNorTimers() throws Exception {
		AtomicInteger failures = new AtomicInteger();
		TimeSource time = () -> {
			String name = Thread.currentThread().getName();
			if (name.startsWith("kworkqueue/") && failures.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				throw new IllegalStateException("on purpose");
			}
			return System.nanoTime();
		};
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(time));
		Gate gate = this.engines.gate();
		failures.set(2);
		engine.initDelayedWork("delayed", gate.passing()).schedule(Duration.ofMillis(1));
		gate.awaitStarts(1);
		failures.set(1);
		Engines.queue(engine, "blocker", gate);
		gate.awaitStarts(1);
		Engines.queue(engine, "next", gate.passing());
		gate.awaitStarts(1);
	}

}
