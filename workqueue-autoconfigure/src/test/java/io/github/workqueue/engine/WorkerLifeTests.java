package io.github.workqueue.engine;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueDeadlockException;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Which workers there are, when they start and when they end. */
class WorkerLifeTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	@Test
	void nothingStartsBeforeTheFirstItem() {
		AtomicInteger made = new AtomicInteger();
		WorkqueueEngine engine = this.engines.start(Engines.settings(2).threadFactory((body) -> {
			made.incrementAndGet();
			return WorkerThreads.helper("test", body);
		}));
		engine.alloc("queue", 0);
		engine.initWork("work", this.gate);
		assertThat(made).hasValue(0);
	}

	/** Story of a thread of the engine that kept the class loader of its first caller. */
	@Test
	void theEnginesOwnThreadsKeepNoClassLoaderOfACaller() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new ClassLoader() {
		});
		try {
			engine.initDelayedWork("later", this.gate).schedule(Duration.ofHours(1));
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().equals("kworkqueue/timer"))
			.isNotEmpty()
			.allMatch((thread) -> thread.getContextClassLoader() == WorkqueueEngine.class.getClassLoader());
	}

	/** Story of a spare worker that took a wake-up and whose thread ended instead. */
	@Test
	void aWorkerWhoseThreadEndsWithoutItIsReplacedAlthoughItWasWoken() throws Exception {
		CountDownLatch ends = new CountDownLatch(1);
		AtomicBoolean bad = new AtomicBoolean();
		AtomicInteger badOnes = new AtomicInteger();
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(8).threadFactory((body) -> {
			badOnes.addAndGet(bad.get() ? 1 : 0);
			return WorkerThreads.helper("test", bad.get() ? () -> await(ends) : body);
		}));
		Workqueue queue = engine.alloc("queue", 8, WorkqueueFlag.UNBOUND);
		WorkerPool pool = engine.own(queue).links()[0].pool;
		Engines.queue(engine, queue, "first", this.gate);
		this.gate.awaitStarts(1);
		Engines.until("a spare one idles", () -> pool.idle.size() > 0);
		bad.set(true);
		for (int i = 0; badOnes.get() == 0; i++) {
			Engines.queue(engine, queue, "uses up a good spare one " + i, this.gate);
			this.gate.awaitStarts(1);
			Engines.until("a spare one idles", () -> pool.idle.size() > 0);
		}
		Engines.until("nobody looks", () -> !pool.progress.isWatched());
		Engines.queue(engine, queue, "last", this.gate);
		bad.set(false);
		ends.countDown();
		this.gate.awaitStarts(1);
	}

	/**
	 * Story: the first worker started while its maker was still busy with the books, took
	 * that for somebody who makes a spare one, and none was made.
	 */
	@Test
	void aWorkerThatStartsKeepsASpareOne() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory((body) -> new Thread(body) {

			@Override
			public void start() {
				super.start();
				await(started);
			}

		}));
		Engines.queue(engine, "work", (work) -> {
			started.countDown();
			this.gate.handle(work);
		});
		this.gate.awaitStarts(1);
		WorkerPool pool = engine.pool(0);
		Engines.until("there is a second one", () -> pool.creation.count() > 1);
		Engines.until("the spare one idles", () -> pool.idle.size() > 0);
	}

	/** Surplus workers end after 300 s of this clock, and nobody else reads it. */
	private WorkqueueEngine startOn(ManualTime time) {
		return this.engines.start(Engines.settings(1)
			.timeSource(time)
			.idleTimeout(Duration.ofSeconds(300))
			.watchdogThreshold(Duration.ZERO));
	}

	@Test
	void idleWorkersBeyondTwoEndAfterTheirTime() throws Exception {
		ManualTime time = new ManualTime();
		WorkqueueEngine engine = startOn(time);
		Workqueue queue = engine.alloc("queue", 0, WorkqueueFlag.UNBOUND);
		for (int i = 0; i < 6; i++) {
			queue.queue(engine.initWork("work" + i, queue, this.gate));
		}
		this.gate.awaitStarts(6);
		this.gate.open();
		queue.flush();
		WorkerPool pool = engine.pools().stream().filter((one) -> one.creation.count() > 0).findFirst().orElseThrow();
		Engines.until("all idle", () -> pool.idle.size() == pool.creation.count());
		assertThat(pool.creation.count()).isGreaterThanOrEqualTo(6);
		time.advance(Duration.ofSeconds(299));
		assertThat(pool.creation.count()).isGreaterThanOrEqualTo(6);
		Engines.until("two are left", () -> {
			time.advance(Duration.ofSeconds(1));
			return pool.creation.count() == 2;
		});
	}

	@Test
	void whoHasIdledLongestEndsFirst() throws Exception {
		ManualTime time = new ManualTime();
		WorkqueueEngine engine = startOn(time);
		Workqueue queue = engine.alloc("queue", 0, WorkqueueFlag.UNBOUND);
		List<Gate> gates = new ArrayList<>();
		List<String> workers = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			Gate own = this.engines.gate();
			Engines.queue(engine, queue, "work" + i, own);
			own.awaitStarts(1);
			gates.add(own);
			workers.add(Engines.busy(engine, "work" + i).worker());
		}
		WorkerPool pool = engine.pools().stream().filter((one) -> one.creation.count() > 0).findFirst().orElseThrow();
		for (Gate own : gates) {
			int idle = pool.idle.size();
			own.open();
			Engines.until("one more idles", () -> pool.idle.size() > idle);
			time.advance(Duration.ofSeconds(1));
		}
		time.advance(Duration.ofSeconds(299));
		Engines.until("two are left", () -> {
			time.advance(Duration.ofSeconds(1));
			return pool.creation.count() == 2;
		});
		assertThat(names(pool)).containsExactlyInAnyOrder(workers.get(4), workers.get(5));
	}

	private static List<String> names(WorkerPool pool) {
		pool.lock.lock();
		try {
			return pool.workers.stream().map((worker) -> worker.name).toList();
		}
		finally {
			pool.lock.unlock();
		}
	}

	@Test
	void aSurplusWorkerEndsWhenItsTimeIsOverAndNotBefore() throws Exception {
		ManualTime time = new ManualTime();
		WorkqueueEngine engine = startOn(time);
		Workqueue queue = engine.alloc("queue", 0, WorkqueueFlag.UNBOUND);
		for (int i = 0; i < 4; i++) {
			queue.queue(engine.initWork("work" + i, queue, this.gate));
		}
		this.gate.awaitStarts(4);
		WorkerPool pool = ((EngineWorkqueue) queue).links()[0].pool;
		this.gate.open();
		queue.flush();
		Engines.until("all are parked", () -> pool.idle.size() == pool.creation.count() && areParked(pool));
		int before = pool.creation.count();
		time.advance(Duration.ofSeconds(300).minusNanos(1));
		Engines.until("all are parked", () -> areParked(pool));
		assertThat(pool.creation.count()).isEqualTo(before);
		time.advance(Duration.ofNanos(1));
		Engines.until("two are left", () -> pool.creation.count() > 1);
	}

	private static boolean areParked(WorkerPool pool) {
		pool.lock.lock();
		try {
			return pool.idle.all().stream().allMatch((worker) -> LockSupport.getBlocker(worker.thread()) == pool.idle);
		}
		finally {
			pool.lock.unlock();
		}
	}

	@ParameterizedTest
	@EnumSource(value = WorkqueueFlag.class, names = { "PERCPU", "UNBOUND" })
	void aPoolMakesOneWorkerAtATime(WorkqueueFlag kind) throws Exception {
		AtomicInteger making = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory((body) -> {
			most.accumulateAndGet(making.incrementAndGet(), Math::max);
			Thread thread = new Thread(body);
			Thread.yield();
			making.decrementAndGet();
			return thread;
		}));
		Workqueue queue = engine.alloc("queue", 0, kind);
		List<FutureTask<Void>> producers = new ArrayList<>();
		for (int producer = 0; producer < 3; producer++) {
			producers.add(Engines.async(() -> {
				for (int i = 0; i < 10; i++) {
					Engines.queue(engine, queue, "work", this.gate);
				}
				return null;
			}));
		}
		for (FutureTask<Void> producer : producers) {
			Engines.get(producer);
		}
		this.gate.awaitStarts(30);
		assertThat(most).hasValue(1);
	}

	/** The handler may drop its item; nothing of the engine holds it afterwards. */
	@Test
	void anItemThatHasRunIsNotRetained() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		for (String queue : List.of("system_wq", "system_unbound_wq", "system_bh_wq")) {
			WeakReference<WorkItem> item = new WeakReference<>(
					Engines.queue(engine, engine.get(queue), "item", this.gate.passing()));
			this.gate.awaitStarts(1);
			Engines.until("the item of " + queue + " is forgotten", () -> {
				System.gc();
				return item.refersTo(null);
			});
		}
	}

	@Test
	void atTheLimitAnIdleWorkerOfAnotherPoolGivesWay() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(3));
		Workqueue unbound = engine.get("system_unbound_wq");
		unbound.queue(engine.initWork("a", this.gate));
		unbound.queue(engine.initWork("b", this.gate));
		this.gate.awaitStarts(2);
		this.gate.letGo(2);
		unbound.flush();
		for (int i = 0; i < 2; i++) {
			Engines.queue(engine, "sleeper" + i, this.gate);
		}
		this.gate.awaitStarts(2);
	}

	@Test
	void workersAreNamedByCpuPriorityAndPool() throws Exception {
		WorkqueueEngine engine = this.engines.start(2);
		Set<String> names = ConcurrentHashMap.newKeySet();
		for (String queue : List.of("system_wq", "system_highpri_wq", "system_unbound_wq", "system_bh_wq",
				"system_bh_highpri_wq")) {
			Workqueue target = engine.get(queue);
			target.queueOn(1, engine.initWork(queue, target, (work) -> names.add(Thread.currentThread().getName())));
			target.flush();
		}
		assertThat(names).hasSize(5)
			.anyMatch((name) -> name.matches("kworker/1:\\d+"))
			.anyMatch((name) -> name.matches("kworker/1:\\d+H"))
			.anyMatch((name) -> name.matches("kworker/u\\d+:\\d+"))
			.contains("kworker/1:bh", "kworker/1:bh-hi");
	}

	@Test
	void virtualThreadsKeepToMaxActiveAndHaveNamesAndSnapshots() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine
			.alloc(WorkqueueSpec.named("queue").flags(WorkqueueFlag.UNBOUND).maxActive(2).virtualThreads(true));
		Set<String> names = ConcurrentHashMap.newKeySet();
		for (int i = 0; i < 4; i++) {
			queue.queue(engine.initWork("work" + i, queue, (work) -> {
				names.add(Thread.currentThread().getName());
				this.gate.handle(work);
			}));
		}
		this.gate.awaitStarts(2);
		assertThat(engine.inspectWorkqueue("queue").orElseThrow().running()).isEqualTo(2);
		assertThat(engine.inspectWorkqueue("queue").orElseThrow().inactive()).isEqualTo(2);
		assertThat(Engines.busy(engine, "work0").worker()).isIn(names);
		this.gate.open();
		assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(names).allMatch((name) -> name.matches("kworker/u\\d+:\\d+"));
	}

	@Test
	void powerEfficientQueuesFollowTheSetting() {
		WorkqueueEngine saving = this.engines.start(Engines.settings(1).powerEfficient(true));
		WorkqueueEngine plain = this.engines.start(Engines.settings(1).powerEfficient(false));
		assertThat(saving.get("system_power_efficient_wq").flags()).contains(WorkqueueFlag.UNBOUND)
			.doesNotContain(WorkqueueFlag.PERCPU);
		assertThat(plain.get("system_power_efficient_wq").flags()).contains(WorkqueueFlag.PERCPU)
			.doesNotContain(WorkqueueFlag.UNBOUND);
	}

	@Test
	void blockingSaysBeforehandThatTheWorkerWaits() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		engine.monitor.stop();
		Gate next = this.engines.gate();
		Engines.queue(engine, "waits", (work) -> engine.blocking(() -> {
			this.gate.handle(work);
			return null;
		}));
		this.gate.awaitStarts(1);
		Engines.queue(engine, "next", next.passing());
		next.awaitStarts(1);
		assertThat(this.gate.ended).hasValue(0);
		assertThat(engine.<String>blocking(() -> "off a worker")).isEqualTo("off a worker");
	}

	@Test
	void closeRunsWhatWasAcceptedAndEndsTheThreads() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Set<Thread> workers = ConcurrentHashMap.newKeySet();
		AtomicInteger ran = new AtomicInteger();
		for (int i = 0; i < 100; i++) {
			engine.schedule(engine.initWork("work" + i, (work) -> {
				workers.add(Thread.currentThread());
				ran.incrementAndGet();
			}));
		}
		engine.close();
		engine.close();
		assertThat(ran).hasValue(100);
		Engines.until("the threads have ended", () -> workers.stream().noneMatch(Thread::isAlive));
		assertThatExceptionOfType(WorkRejectedException.class)
			.isThrownBy(() -> engine.get("system_wq").asExecutor().execute(() -> {
			}));
		assertThatIllegalStateException().isThrownBy(() -> engine.alloc("late", 0)).withMessageContaining("late");
	}

	/** Story of a handler that could not finish, since it made the last steps itself. */
	@Test
	void aHandlerMayMakeWorkWhileTheEngineDrains() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		CountDownLatch closing = new CountDownLatch(1);
		List<Boolean> made = new CopyOnWriteArrayList<>();
		Engines.queue(engine, "maker", (work) -> {
			await(closing);
			made.add(engine.initWork("last", this.gate.passing()).schedule());
			made.add(engine.initKeyedWork("keys", engine.get("system_wq"), (key) -> {
			}).schedule("key"));
		});
		FutureTask<Boolean> close = Engines.async(() -> {
			engine.close();
			return true;
		});
		Engines.until("the engine closes", () -> isClosing(engine));
		closing.countDown();
		Engines.get(close);
		assertThat(made).containsExactly(true, true);
		this.gate.awaitStarts(1);
		assertThatIllegalStateException().isThrownBy(() -> engine.initWork("late", this.gate));
	}

	private static boolean isClosing(WorkqueueEngine engine) {
		try {
			engine.initWork("probe", (WorkHandler) WorkItem::name);
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	@Test
	void closeNamesWhatNeverRanAndASecondCloseWaitsForTheFirst() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).drainTimeout(Duration.ofMillis(100)));
		Workqueue queue = engine.alloc("queue", 1);
		Engines.queue(engine, queue, "running", this.gate);
		this.gate.awaitStarts(1);
		WorkItem never = Engines.queue(engine, queue, "never", this.gate);
		FutureTask<Boolean> second = Engines.async(() -> {
			engine.close();
			return never.isPending();
		});
		engine.close();
		assertThat(Engines.get(second)).isFalse();
		assertThat(log.containing("closed with 1 accepted works that never ran: never")).hasSize(1);
		assertThat(this.gate.ended).hasValue(0);
	}

	@Test
	void aWorkerMustNotCloseItsOwnEngine() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		AtomicInteger refused = new AtomicInteger();
		WorkItem work = engine.initWork("work", (self) -> {
			assertThatExceptionOfType(WorkqueueDeadlockException.class).isThrownBy(engine::close);
			refused.incrementAndGet();
		});
		work.schedule();
		work.flush();
		assertThat(refused).hasValue(1);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
