package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.ThreadFactory;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Progress where no worker can be had. */
class RescuerTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	/** How a thread factory may fail. */
	enum Failure {

		THROWS_AN_ERROR, RETURNS_NULL, THREAD_DOES_NOT_START

	}

	@ParameterizedTest
	@EnumSource
	void runsTheWorkOfItsQueueWhenNoThreadCanBeMade(Failure failure) throws Exception {
		ScarceThreads threads = new ScarceThreads(failure);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		threads.scarce.set(true);
		List<String> workers = new ArrayList<>();
		List<WorkItem> works = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			works.add(Engines.queue(engine, reclaim, "work" + i,
					(work) -> workers.add(Thread.currentThread().getName())));
		}
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		assertThat(workers).hasSize(40).containsOnly("kworker/R-reclaim");
		assertThat(Engines.stats(engine, "reclaim").rescued()).isEqualTo(40);
		assertThat(Engines.stats(engine, "reclaim").mayday()).isPositive();
		assertThat(works).noneMatch(WorkItem::isPending);
	}

	@Test
	void aQueueWithoutRescuerWaitsAndRecovers() throws Exception {
		ScarceThreads threads = new ScarceThreads(Failure.THROWS_AN_ERROR);
		threads.scarce.set(true);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		assertThat(engine.schedule(engine.initWork("work", this.gate))).as("no exception reaches the producer")
			.isTrue();
		Engines.until("the pool is reported", () -> !engine.inspectStalls().isEmpty());
		assertThat(engine.inspectStalls().get(0).reason()).contains("no worker can be made");
		threads.scarce.set(false);
		this.gate.awaitStarts(1);
		assertThat(engine.inspectStalls()).isEmpty();
	}

	/** Story of a service that was down as soon as it had all its workers at work. */
	@ParameterizedTest
	@ValueSource(strings = { "system_wq", "system_unbound_wq" })
	void whoHasAllWorkersAtWorkIsNotStalled(String queue) throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(1));
		Engines.queue(engine, engine.get(queue), "sleeper", this.gate);
		this.gate.awaitStarts(1);
		Engines.queue(engine, engine.get(queue), "waits", this.gate.passing());
		Engines.until("another worker was wanted",
				() -> engine.pools().stream().anyMatch((pool) -> pool.creation.hasFailed()));
		assertThat(engine.inspectStalls()).isEmpty();
	}

	/** Story of a rescuer whose whole CPU time was counted again with each rescue. */
	@Test
	void theTimeOfARescuerIsCountedOnce() throws Exception {
		ScarceThreads threads = new ScarceThreads(Failure.RETURNS_NULL);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		threads.scarce.set(true);
		long burned = 0;
		for (int i = 0; i < 4; i++) {
			long[] used = new long[1];
			Engines.queue(engine, reclaim, "burns" + i, (work) -> used[0] = burn(Duration.ofMillis(30))).flush();
			Engines.until("the rescuer has gone", () -> engine.pool(0).workers.isEmpty());
			burned += used[0];
		}
		assertThat(Engines.stats(engine, "reclaim").cpuTime().toNanos()).isLessThan(burned + burned / 2);
	}

	/** Returns how much CPU time the calling thread has used for that. */
	private static long burn(Duration duration) {
		long before = SystemThreadProbe.currentCpuNanos();
		long used = 0;
		while (used < duration.toNanos()) {
			used = SystemThreadProbe.currentCpuNanos() - before;
		}
		return used;
	}

	@Test
	void theLimitOfWorkersHoldsNoRescuerBack() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(1));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		Engines.queue(engine, "sleeper", this.gate);
		this.gate.awaitStarts(1);
		CountDownLatch ran = new CountDownLatch(1);
		Engines.queue(engine, reclaim, "urgent", (work) -> ran.countDown());
		assertThat(ran.await(Engines.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.gate.ended).hasValue(0);
	}

	@Test
	void otherQueuesWaitAtTheLimit() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(1));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		Engines.queue(engine, "sleeper", this.gate);
		this.gate.awaitStarts(1);
		Gate other = this.engines.gate();
		Engines.queue(engine, "other", other.passing());
		Engines.queue(engine, reclaim, "urgent", (work) -> {
		});
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		assertThat(other.hasStarted()).isFalse();
		this.gate.letGo(1);
		other.awaitStarts(1);
	}

	/** {@code RESCUER_BATCH}; the first pool may have called again before the other. */
	@Test
	void goesOnToAnotherPoolThatCallsAfterABatch() throws Exception {
		ScarceThreads threads = new ScarceThreads(Failure.RETURNS_NULL);
		WorkqueueEngine engine = this.engines
			.start(Engines.settings(2).cpus(2).threadFactory(threads).maydayInterval(Duration.ofMillis(1)));
		EngineWorkqueue reclaim = engine.own(engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM));
		threads.scarce.set(true);
		List<Integer> cpus = new ArrayList<>();
		Engines.queue(engine, reclaim, "first", this.gate);
		this.gate.awaitStarts(1);
		for (int i = 0; i < 40; i++) {
			Engines.queue(engine, reclaim, "work" + i, (work) -> cpus.add(0));
		}
		reclaim.queueOn(1, engine.initWork("other", reclaim, (work) -> cpus.add(1)));
		Engines.until("the other pool has called", () -> maydays(reclaim.links()[1]) > 1);
		this.gate.letGo(1);
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		assertThat(cpus).hasSize(41);
		assertThat(cpus.indexOf(1)).as("at most one batch late").isIn(16, 33);
	}

	private static long maydays(QueueLink link) {
		QueueTotals sum = new QueueTotals();
		link.pool.items.addTotals(link, sum);
		return sum.mayday;
	}

	@Test
	void afterwardsThePoolIsAsBefore() throws Exception {
		ScarceThreads threads = new ScarceThreads(Failure.RETURNS_NULL);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		threads.scarce.set(true);
		Engines.queue(engine, reclaim, "rescued", (work) -> {
		});
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		threads.scarce.set(false);
		Gate next = this.engines.gate();
		Engines.queue(engine, reclaim, "next", (work) -> {
			assertThat(Thread.currentThread().getName()).startsWith("kworker/");
			next.enter();
		});
		next.awaitStarts(1);
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		Engines.until("the rescuer rests", () -> engine.inspectRescuers().stream().noneMatch((one) -> one.active()));
	}

	@ParameterizedTest
	@EnumSource
	void aQueueWhoseRescuerCannotStartIsNotAllocated(Failure failure) {
		ScarceThreads threads = new ScarceThreads(failure);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		threads.scarce.set(true);
		assertThatIllegalStateException().isThrownBy(() -> engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM))
			.withMessageContaining("reclaim");
		assertThat(engine.find("reclaim")).isEmpty();
		threads.scarce.set(false);
		assertThat(engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM)).isNotNull();
	}

	@Test
	void aRescuerOfACpuIntensiveQueueIsNoMoreCountedThanAnyOther() throws Exception {
		ScarceThreads threads = new ScarceThreads(Failure.RETURNS_NULL);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM, WorkqueueFlag.CPU_INTENSIVE);
		threads.scarce.set(true);
		Engines.queue(engine, reclaim, "rescued", this.gate);
		this.gate.awaitStarts(1);
		assertThat(engine.pool(0).concurrency.running()).as("while it works").isZero();
		this.gate.open();
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		assertThat(engine.pool(0).concurrency.running()).as("afterwards").isZero();
		assertThat(Engines.stats(engine, "reclaim").rescued()).isOne();
	}

	@Test
	void aRescuerLeavesAnItemThatRunsToTheWorkerThatRunsIt() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(1));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		List<String> workers = new CopyOnWriteArrayList<>();
		WorkItem running = Engines.queue(engine, reclaim, "running", (work) -> {
			workers.add(Thread.currentThread().getName().replaceAll("[+].*", ""));
			this.gate.handle(work);
		});
		this.gate.awaitStarts(1);
		assertThat(running.schedule()).as("queued behind itself").isTrue();
		Gate urgent = this.engines.gate();
		Engines.queue(engine, reclaim, "urgent", urgent.passing());
		urgent.awaitStarts(1);
		assertThat(this.gate.hasStarted()).as("runs beside itself").isFalse();
		this.gate.letGo(2);
		running.flush();
		assertThat(workers).hasSize(2).containsOnly("kworker/0:0");
		assertThat(Engines.stats(engine, "reclaim").rescued()).as("the other alone").isOne();
	}

	@Test
	void aWorkerIsMissingWhileItemsWaitAndTheLastAttemptToMakeOneFailed() throws Exception {
		ScarceThreads threads = new ScarceThreads(Failure.RETURNS_NULL);
		threads.scarce.set(true);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		WorkerPool pool = engine.pool(0);
		assertThat(pool.items.missesWorker()).as("nothing waits").isFalse();
		Engines.queue(engine, "waits", this.gate.passing());
		Engines.until("the attempt failed", pool.items::missesWorker);
		pool.lock.lock();
		try {
			pool.creation.allowRetry(engine.time.nanoTime() + Duration.ofHours(1).toNanos());
			assertThat(pool.items.missesWorker()).as("another attempt is due").isFalse();
		}
		finally {
			pool.lock.unlock();
		}
		threads.scarce.set(false);
		this.gate.awaitStarts(1);
	}

	/** Threads that cannot be had while they are scarce. */
	private static final class ScarceThreads implements ThreadFactory {

		final AtomicBoolean scarce = new AtomicBoolean();

		private final Failure failure;

		private ScarceThreads(Failure failure) {
			this.failure = failure;
		}

		@Override
		public Thread newThread(Runnable body) {
			if (!this.scarce.get()) {
				return WorkerThreads.helper("test", body);
			}
			return switch (this.failure) {
				case THROWS_AN_ERROR -> throw new OutOfMemoryError("expected by the test");
				case RETURNS_NULL -> null;
				case THREAD_DOES_NOT_START -> new Thread(body) {

					@Override
					public void start() {
						throw new OutOfMemoryError("expected by the test");
					}

				};
			};
		}

	}

}
