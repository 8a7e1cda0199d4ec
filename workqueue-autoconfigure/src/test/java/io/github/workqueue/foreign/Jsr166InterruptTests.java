package io.github.workqueue.foreign;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An interrupt is for whoever runs when it comes: it neither keeps a task from being
 * accepted nor reaches the task after.
 */
class Jsr166InterruptTests {

	private static final int TASKS = 200;

	private final WorkqueueEngine engine = ForeignEngine.start(1);

	private final AtomicInteger interrupted = new AtomicInteger();

	@AfterEach
	void close() {
		Thread.interrupted();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void aCallerThatIsInterruptedIsServedAndStaysInterrupted(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		AtomicInteger runs = new AtomicInteger();
		Thread.currentThread().interrupt();
		queue.asExecutor().execute(runs::incrementAndGet);
		queue.asExecutor().execute(this::look);
		assertThat(Thread.interrupted()).as("the caller's own interrupt").isTrue();
		queue.flush();
		assertThat(runs).hasValue(1);
		assertThat(this.interrupted).as("it is the caller's").hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void aTaskThatInterruptsItsThreadKeepsThatToItself(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		AtomicInteger seen = new AtomicInteger();
		for (int i = 0; i < TASKS; i++) {
			queue.asExecutor().execute(() -> {
				Thread.currentThread().interrupt();
				seen.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
			});
			queue.asExecutor().execute(this::look);
		}
		queue.flush();
		assertThat(seen).hasValue(TASKS);
		assertThat(this.interrupted).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void aTaskThatFailsInterruptedKeepsThatToItself(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		queue.asExecutor().execute(() -> {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("on purpose");
		});
		queue.asExecutor().execute(this::look);
		queue.flush();
		assertThat(this.interrupted).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void aTaskThatIsInterruptedWhileItWaitsSeesIt(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
		CountDownLatch woken = new CountDownLatch(1);
		queue.asExecutor().execute(() -> {
			worker.set(Thread.currentThread());
			awaitForever(woken);
		});
		ForeignEngine.until("the task runs", () -> worker.get() != null);
		interrupt(worker.get());
		ForeignEngine.await(woken);
		queue.asExecutor().execute(this::look);
		queue.flush();
		assertThat(this.interrupted).hasValue(0);
	}

	/**
	 * Somebody interrupts the thread of a task that has ended: the next task is spared.
	 */
	@ParameterizedTest
	@EnumSource
	void anInterruptThatComesTooLateReachesNoTask(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
		for (int i = 0; i < TASKS; i++) {
			queue.asExecutor().execute(() -> {
				look();
				worker.set(Thread.currentThread());
			});
			queue.flush();
			interrupt(worker.get());
		}
		assertThat(this.interrupted).hasValue(0);
	}

	/**
	 * The same between two tasks of a busy worker, where it has no wait to end: a
	 * listener is the one who can be there without fail.
	 */
	@Test
	void anInterruptBetweenTwoTasksReachesNeither() throws Exception {
		EngineSettings settings = EngineSettings.builder().cpus(1).listener(new InterruptingListener()).build();
		try (WorkqueueEngine listened = WorkqueueEngine.start(settings)) {
			Executor executor = listened.allocOrdered("ordered").asExecutor();
			for (int i = 0; i < TASKS; i++) {
				executor.execute(this::look);
			}
			listened.get("ordered").flush();
		}
		assertThat(this.interrupted).hasValue(0);
	}

	private void look() {
		this.interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
	}

	private static void interrupt(@Nullable Thread thread) {
		assertThat(thread).isNotNull();
		thread.interrupt();
	}

	private static void awaitForever(CountDownLatch woken) {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			woken.countDown();
		}
	}

	/** Interrupts workers beside their tasks. */
	private static final class InterruptingListener implements WorkListener {

		@Override
		public void started(WorkItem work, Workqueue queue, long waitedNanos) {
			Thread.currentThread().interrupt();
		}

		@Override
		public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
			Thread.currentThread().interrupt();
		}

	}

}
