package io.github.workqueue.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which idle worker ends so that another pool may have one.
 */
class IdleWorkersTests {

	@RegisterExtension
	final Engines engines = new Engines();

	/** Gives way when it reads the time and was not woken. */
	private final AtomicReference<Thread> leaver = new AtomicReference<>();

	private final WorkqueueEngine engine = this.engines
		.start(Engines.settings(1).maxWorkers(2).timeSource(this::nanoTime));

	private final WorkerPool pool = this.engine.own(this.engine.get("system_unbound_wq")).links()[0].pool;

	@BeforeEach
	void twoWorkersIdle() throws Exception {
		Gate gate = this.engines.gate();
		Workqueue queue = this.engine.get("system_unbound_wq");
		for (int i = 0; i < 2; i++) {
			queue.queue(this.engine.initWork("work" + i, queue, gate));
		}
		gate.awaitStarts(2);
		gate.open();
		Engines.until("two workers idle", () -> size() == 2);
	}

	@Test
	void onlyTheLastWorkerOfAPoolNeverGivesWay() {
		assertThat(this.pool.idle.giveWay()).isTrue();
		assertThat(size()).isOne();
		assertThat(this.pool.creation.count()).isOne();
		assertThat(this.pool.idle.giveWay()).isFalse();
		assertThat(size()).isOne();
	}

	@Test
	void theWorkerThatIdlesLongestEndsAndTheOtherIsTheNextToBeWoken() {
		Worker newest = this.pool.idle.first();
		Worker oldest = this.pool.idle.all().get(1);
		this.pool.idle.giveWay();
		assertThat(this.pool.idle.all()).containsExactly(newest);
		assertThat(this.pool.idle.first()).isSameAs(newest);
		Engines.until("its thread has ended", () -> !oldest.thread().isAlive());
	}

	@Test
	void anIdleWorkerBurnsNothing() {
		for (Worker worker : this.pool.idle.all()) {
			Engines.until("it is parked", () -> LockSupport.getBlocker(worker.thread()) == this.pool.idle);
		}
	}

	@Test
	void aWorkerThatWasWokenDoesNotGiveWay() {
		this.pool.lock.lock();
		try {
			this.pool.idle.all().get(1).wake();
			assertThat(this.pool.idle.giveWay()).isFalse();
		}
		finally {
			this.pool.lock.unlock();
		}
		assertThat(this.pool.creation.count()).isEqualTo(2);
	}

	@Test
	void theOnlyIdleWorkerEndsThatGivesWayWhenItIsAboutToPark() throws Exception {
		Gate busy = this.engines.gate();
		Workqueue queue = this.engine.get("system_unbound_wq");
		queue.queue(this.engine.initWork("busy", queue, busy));
		busy.awaitStarts(1);
		Engines.until("one is busy and one idles", () -> size() == 1);
		Thread thread = this.pool.idle.first().thread();
		this.leaver.set(thread);
		Engines.until("its thread has ended", () -> {
			thread.interrupt();
			return !thread.isAlive();
		});
		assertThat(size()).isZero();
		assertThat(this.pool.creation.count()).isOne();
	}

	private long nanoTime() {
		if (Thread.currentThread() == this.leaver.get() && this.pool.idle.giveWay()) {
			this.leaver.set(null);
		}
		return System.nanoTime();
	}

	private int size() {
		this.pool.lock.lock();
		try {
			return this.pool.idle.size();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

}
