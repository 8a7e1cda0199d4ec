package io.github.workqueue.foreign;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A task that has ended can be garbage collected, though its worker, its queue and its
 * engine live on and nothing comes after it.
 */
class Jsr166RetentionTests {

	private final WorkqueueEngine engine = ForeignEngine.start(2);

	private final CountDownLatch stuck = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.stuck.countDown();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void tasksThatHaveEndedAreLetGo(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		List<WeakReference<Runnable>> tasks = new ArrayList<>();
		tasks.add(executeSomething(queue, true));
		for (int i = 0; i < 16; i++) {
			tasks.add(executeSomething(queue, false));
		}
		queue.flush();
		awaitCollected(tasks);
	}

	@ParameterizedTest
	@EnumSource(names = { "MEM_RECLAIM", "ORDERED", "BH" })
	void tasksOfAQueueThatIsGoneAreLetGo(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		List<WeakReference<Runnable>> tasks = List.of(executeSomething(queue, false));
		queue.destroy();
		awaitCollected(tasks);
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU", "UNBOUND", "VIRTUAL" })
	void tasksThatHaveEndedBesideOneThatStaysAreLetGo(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		queue.asExecutor().execute(() -> ForeignEngine.sneaky(() -> this.stuck.await()));
		CountDownLatch end = new CountDownLatch(1);
		List<WeakReference<Runnable>> tasks = List.of(executeSomething(queue, false));
		queue.asExecutor().execute(end::countDown);
		ForeignEngine.await(end);
		awaitCollected(tasks);
	}

	/** In a method of its own, so that no local variable keeps the task. */
	private static WeakReference<Runnable> executeSomething(Workqueue queue, boolean failing) {
		byte[] something = new byte[1024];
		Runnable task = () -> {
			something[0]++;
			if (failing) {
				throw new IllegalStateException("on purpose");
			}
		};
		queue.asExecutor().execute(task);
		return new WeakReference<>(task);
	}

	private static void awaitCollected(List<WeakReference<Runnable>> tasks) {
		ForeignEngine.until("the tasks are collected", () -> {
			System.gc();
			return tasks.stream().allMatch((task) -> task.refersTo(null));
		});
	}

}
