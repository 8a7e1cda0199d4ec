package io.github.workqueue.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.WorkItem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An item that was accepted runs, whenever its wake-up comes.
 * <p>
 * Story: a worker about to park asked under the pool's lock whether it idles too long.
 * While it waited for the lock a producer woke it; waiting for the lock used the wake-up
 * up, the worker parked, and since a wake-up was on its way nobody sent another. The pool
 * slept with a full worklist.
 */
class WakeUpTests {

	@RegisterExtension
	final Engines engines = new Engines();

	@Test
	void aWakeUpThatComesWhileTheWorkerWaitsForTheLockIsNotLost() throws Exception {
		Semaphore asks = new Semaphore(0);
		AtomicReference<Runnable> beforeAsking = new AtomicReference<>();
		TimeSource time = () -> {
			Runnable hook = isAboutToPark() ? beforeAsking.getAndSet(null) : null;
			if (hook != null) {
				hook.run();
			}
			return System.nanoTime();
		};
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(time));
		WorkerPool pool = engine.pool(0);
		CountDownLatch locked = new CountDownLatch(1);
		AtomicReference<Thread> worker = new AtomicReference<>();
		beforeAsking.set(() -> {
			worker.set(Thread.currentThread());
			asks.release();
			await(locked);
		});
		engine.schedule(engine.initWork("first", (work) -> {
		}));
		assertThat(asks.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
		CountDownLatch ran = new CountDownLatch(1);
		WorkItem second = engine.initWork("second", (work) -> ran.countDown());
		pool.lock.lock();
		try {
			locked.countDown();
			Awaitility.await().until(() -> pool.lock.hasQueuedThread(worker.get()));
			engine.schedule(second);
			LockSupport.unpark(worker.get());
		}
		finally {
			pool.lock.unlock();
		}
		assertThat(ran.await(20, TimeUnit.SECONDS)).as("the second item runs").isTrue();
	}

	private static boolean isAboutToPark() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().equals(IdleWorkers.class.getName())
					&& frame.getMethodName().equals("park")));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void everyItemOfManyBurstsRunsOnTwoCpus() throws Exception {
		WorkqueueEngine engine = this.engines.start(2);
		WorkItem[] items = new WorkItem[2_000];
		Semaphore runs = new Semaphore(0);
		for (int i = 0; i < items.length; i++) {
			items[i] = engine.initWork("item-" + i, (work) -> runs.release());
		}
		for (int burst = 0; burst < 100; burst++) {
			int accepted = 0;
			for (WorkItem item : items) {
				accepted += item.schedule() ? 1 : 0;
			}
			assertThat(runs.tryAcquire(accepted, 20, TimeUnit.SECONDS)).as("all of burst %d ran", burst).isTrue();
		}
	}

}
