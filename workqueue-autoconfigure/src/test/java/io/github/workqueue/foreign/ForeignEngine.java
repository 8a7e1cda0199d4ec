package io.github.workqueue.foreign;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.WhenFull;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.TimeSource;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.snapshot.WorkqueueState;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine, and waits that end with an error on a machine that is stuck.
 */
final class ForeignEngine {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	private ForeignEngine() {
	}

	static WorkqueueEngine start(int cpus) {
		return start(cpus, TimeSource.SYSTEM);
	}

	static WorkqueueEngine start(int cpus, TimeSource time) {
		return WorkqueueEngine.start(EngineSettings.builder()
			.cpus(cpus)
			.timeSource(time)
			.watchdogThreshold(Duration.ZERO)
			.drainTimeout(PATIENCE)
			.build());
	}

	/** An engine whose close gives up at once what has not ended. */
	static WorkqueueEngine impatient(int cpus) {
		return WorkqueueEngine.start(EngineSettings.builder().cpus(cpus).drainTimeout(Duration.ofMillis(1)).build());
	}

	static Workqueue bounded(Workqueues engine, ExecutorKind kind, int maxPending, WhenFull whenFull) {
		return engine.alloc(kind.spec().maxPending(maxPending, whenFull));
	}

	static void until(String what, Callable<Boolean> condition) {
		Awaitility.await(what)
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(condition);
	}

	/** Returns when a queue refuses work. */
	static void awaitDraining(WorkqueueEngine engine, Workqueue queue) {
		until("the queue drains",
				() -> engine.inspectWorkqueue(queue.name()).orElseThrow().state() == WorkqueueState.DRAINING);
	}

	static void await(CountDownLatch latch) throws InterruptedException {
		assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("what is waited for has come").isTrue();
	}

	/** Throws anything as if it were unchecked. */
	@SuppressWarnings("unchecked")
	static <X extends Throwable> void sneak(Throwable failure) throws X {
		throw (X) failure;
	}

	/** Makes a call where checked exceptions are not declared. */
	static void sneaky(Step step) {
		try {
			step.make();
		}
		catch (Exception ex) {
			ForeignEngine.<RuntimeException>sneak(ex);
		}
	}

	/** Something that may fail. */
	@FunctionalInterface
	interface Step {

		void make() throws Exception;

	}

	/** Makes a call on a thread of its own. */
	static <T> Elsewhere<T> elsewhere(Callable<T> call) {
		FutureTask<T> task = new FutureTask<>(call);
		Thread thread = new Thread(task, "elsewhere");
		thread.setDaemon(true);
		thread.start();
		return new Elsewhere<>(thread, task);
	}

	/** A call on a thread of its own. */
	record Elsewhere<T>(Thread thread, FutureTask<T> task) {

		T get() throws Exception {
			return this.task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}

		/** Returns when the call waits for something. */
		void awaitWait() {
			until("the call waits", () -> this.thread.getState() == Thread.State.WAITING
					|| this.thread.getState() == Thread.State.TIMED_WAITING);
		}

	}

}
