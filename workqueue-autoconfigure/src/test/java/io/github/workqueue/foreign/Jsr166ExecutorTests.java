package io.github.workqueue.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.foreign.ForeignEngine.Elsewhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What is asked of every {@link Executor} that has threads of its own: a task that it has
 * accepted is run, once, whatever other tasks do.
 */
class Jsr166ExecutorTests {

	private static final int CALLERS = 4;

	private static final int TASKS = 500;

	private static final int DEPTH = 10_000;

	private final WorkqueueEngine engine = ForeignEngine.start(2);

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void aTaskIsRunOnceByAnotherThread(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		List<Thread> runs = new ArrayList<>();
		queue.asExecutor().execute(() -> runs.add(Thread.currentThread()));
		queue.flush();
		assertThat(runs).hasSize(1).doesNotContain(Thread.currentThread());
	}

	@ParameterizedTest
	@EnumSource
	void aTaskThatIsGivenAgainRunsAgain(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		AtomicInteger runs = new AtomicInteger();
		for (int i = 0; i < TASKS; i++) {
			queue.asExecutor().execute(runs::incrementAndGet);
		}
		queue.flush();
		assertThat(runs).hasValue(TASKS);
	}

	@ParameterizedTest
	@EnumSource
	@SuppressWarnings("NullAway")
	void nullIsNoTask(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		assertThatNullPointerException().isThrownBy(() -> queue.asExecutor().execute(null))
			.withMessageContaining("command");
		AtomicInteger runs = new AtomicInteger();
		queue.asExecutor().execute(runs::incrementAndGet);
		queue.flush();
		assertThat(runs).hasValue(1);
		assertThat(failed()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void eachTaskOfManyThreadsRunsOnce(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		AtomicIntegerArray runs = new AtomicIntegerArray(CALLERS * TASKS);
		List<Elsewhere<Integer>> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			int first = i * TASKS;
			callers.add(ForeignEngine.elsewhere(() -> executeAll(queue.asExecutor(), runs, first)));
		}
		for (Elsewhere<Integer> caller : callers) {
			caller.get();
		}
		queue.flush();
		for (int i = 0; i < runs.length(); i++) {
			assertThat(runs.get(i)).as("runs of task %d", i).isEqualTo(1);
		}
	}

	private static int executeAll(Executor executor, AtomicIntegerArray runs, int first) {
		for (int i = first; i < first + TASKS; i++) {
			int task = i;
			executor.execute(() -> runs.incrementAndGet(task));
		}
		return TASKS;
	}

	@ParameterizedTest
	@EnumSource
	void whatATaskThrowsStopsNoOther(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		AtomicInteger runs = new AtomicInteger();
		List<Supplier<Throwable>> failures = List.of(() -> new IllegalStateException("on purpose"),
				() -> new Exception("undeclared"), () -> new AssertionError("on purpose"),
				() -> new StackOverflowError("on purpose"), () -> new OutOfMemoryError("on purpose"),
				() -> new InterruptedException("on purpose"));
		for (Supplier<Throwable> failure : failures) {
			queue.asExecutor().execute(() -> ForeignEngine.sneak(failure.get()));
			queue.asExecutor().execute(runs::incrementAndGet);
		}
		queue.flush();
		assertThat(runs).hasValue(failures.size());
		assertThat(failed()).isEqualTo(failures.size());
	}

	@ParameterizedTest
	@EnumSource
	void whatATaskThrowsReachesNoHandlerOfItsThread(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		Set<Throwable> uncaught = ConcurrentHashMap.newKeySet();
		queue.asExecutor().execute(() -> {
			Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
			throw new IllegalStateException("on purpose");
		});
		queue.flush();
		this.engine.close();
		assertThat(uncaught).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aTaskMayGiveAnotherOne(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		CountDownLatch end = new CountDownLatch(1);
		queue.asExecutor().execute(() -> queue.asExecutor().execute(end::countDown));
		ForeignEngine.await(end);
	}

	/** No stack grows with the depth, and nothing waits for anything. */
	@ParameterizedTest
	@EnumSource
	void aTaskMayGiveItselfAgainTenThousandTimes(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		Descent descent = new Descent(queue.asExecutor(), DEPTH);
		queue.asExecutor().execute(descent);
		ForeignEngine.await(descent.end);
		assertThat(descent.left).isZero();
		assertThat(descent.frames).as("frames below the deepest task").isLessThan(100);
	}

	@ParameterizedTest
	@EnumSource
	void tasksMayMultiply(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		CountDownLatch leaves = new CountDownLatch(1 << 10);
		multiply(queue.asExecutor(), 10, leaves);
		ForeignEngine.await(leaves);
	}

	private static void multiply(Executor executor, int height, CountDownLatch leaves) {
		if (height == 0) {
			leaves.countDown();
			return;
		}
		executor.execute(() -> multiply(executor, height - 1, leaves));
		executor.execute(() -> multiply(executor, height - 1, leaves));
	}

	private long failed() {
		return this.engine.inspectWorkqueue(ExecutorKind.NAME).orElseThrow().stats().failed();
	}

	/**
	 * Gives itself again until nothing is left. Its fields are published by the executor
	 * alone.
	 */
	private static final class Descent implements Runnable {

		private final Executor executor;

		private final CountDownLatch end = new CountDownLatch(1);

		private int left;

		private int frames;

		private Descent(Executor executor, int left) {
			this.executor = executor;
			this.left = left;
		}

		@Override
		public void run() {
			this.left--;
			if (this.left > 0) {
				this.executor.execute(this);
				return;
			}
			this.frames = Thread.currentThread().getStackTrace().length;
			this.end.countDown();
		}

	}

}
