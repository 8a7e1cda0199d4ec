package io.github.workqueue.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.WorkItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers whose threads fail where that is least convenient; the books balance. */
class DyingWorkerTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	/** Whose next look at the clock fails. */
	private final AtomicReference<Thread> victim = new AtomicReference<>();

	private final TimeSource failing = () -> {
		if (this.victim.compareAndSet(Thread.currentThread(), null)) {
			throw new OutOfMemoryError("on purpose");
		}
		return System.nanoTime();
	};

	@Test
	void whatFollowsAWorkerThatDiesGoesOnWithAnother() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(8).timeSource(this.failing));
		AtomicReference<Thread> runner = new AtomicReference<>();
		WorkItem item = Engines.queue(engine, "item", (work) -> {
			runner.set(Thread.currentThread());
			this.gate.handle(work);
		});
		this.gate.awaitStarts(1);
		assertThat(item.schedule()).isTrue();
		Engines.until("another worker has left it to the one that runs it", () -> followers(engine.pool(0)) == 1);
		Thread first = runner.get();
		this.victim.set(first);
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(runner.get()).isNotSameAs(first);
		this.gate.letGo(1);
		item.flush();
		assertThat(this.gate.ended).hasValue(2);
		Engines.until("both runs are counted", () -> Engines.stats(engine, "system_wq").completed() == 2);
	}

	@Test
	void aWorkerThatDiesWhileItEndsIsTakenOffTheBooksOnce() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(8).timeSource(this.failing));
		WorkerPool pool = engine.pool(0);
		Engines.queue(engine, "first", this.gate);
		this.gate.awaitStarts(1);
		Engines.until("a spare worker rests", () -> Engines.othersRest(pool, 1));
		this.gate.letGo(1);
		Engines.until("all workers rest", () -> Engines.othersRest(pool, 0));
		int workers = pool.creation.count();
		Thread oldest = pool.idle.all().get(workers - 1).thread();
		this.victim.set(oldest);
		assertThat(pool.idle.giveWay()).isTrue();
		Engines.until("its thread has ended", () -> !oldest.isAlive());
		assertThat(this.victim).hasValue(null);
		assertThat(pool.creation.count()).isEqualTo(workers - 1);
		Engines.queue(engine, "next", this.gate.passing());
		this.gate.awaitStarts(1);
	}

	/** Another pool needs the worker just when its thread cannot be started. */
	@Test
	void aWorkerThatGivesWayBeforeItFailsToStartIsTakenOffTheBooksOnce() throws Exception {
		AtomicReference<WorkerPool> broken = new AtomicReference<>();
		AtomicBoolean gaveWay = new AtomicBoolean();
		ThreadFactory factory = (body) -> (broken.get() == null) ? WorkerThreads.helper("test", body)
				: new Thread(body) {

					@Override
					public void start() {
						IdleWorkers idle = broken.getAndSet(null).idle;
						for (int left = idle.size(); left > 0; left--) {
							gaveWay.set(idle.giveWay());
						}
						throw new OutOfMemoryError("on purpose");
					}

				};
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(8).threadFactory(factory));
		WorkerPool pool = engine.pool(0);
		Engines.queue(engine, "first", this.gate);
		this.gate.awaitStarts(1);
		Engines.until("a spare worker rests", () -> Engines.othersRest(pool, 1));
		broken.set(pool);
		assertThat(engine.threads.create(pool, false)).isEqualTo(WorkerCreation.Result.FAILED);
		assertThat(gaveWay).as("the spare one gave way, then the one that fails").isTrue();
		assertThat(pool.creation.count()).isOne();
		Engines.queue(engine, "next", this.gate.passing());
		this.gate.awaitStarts(1);
	}

	/**
	 * Story of a sound thread that was said to have ended, since it started just then.
	 */
	@Test
	void aWorkerWhoseThreadStartsWhileTheMonitorLooksIsNotTakenOffTheBooks() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch looked = new CountDownLatch(1);
		ThreadFactory factory = (body) -> new Thread(body) {

			@Override
			public void start() {
				started.countDown();
				Engines.until("the monitor looks", () -> looked.getCount() == 0);
				super.start();
			}

			@Override
			public State getState() {
				looked.countDown();
				Engines.until("it has started", this::isAlive);
				return super.getState();
			}

		};
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(factory));
		WorkerPool pool = engine.pool(0);
		Thread producer = new Thread(() -> Engines.queue(engine, "first", this.gate));
		producer.start();
		started.await();
		pool.lock.lock();
		try {
			pool.creation.buryStillborn(System.nanoTime());
			assertThat(pool.creation.count()).isOne();
			assertThat(pool.creation.hasFailed()).isFalse();
		}
		finally {
			pool.lock.unlock();
		}
		this.gate.awaitStarts(1);
		producer.join();
	}

	private static int followers(WorkerPool pool) {
		pool.lock.lock();
		try {
			return pool.workers.stream().mapToInt((worker) -> worker.scheduled.size()).sum();
		}
		finally {
			pool.lock.unlock();
		}
	}

}
