package io.github.workqueue.foreign;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link FutureTask} on queues of every kind: results, failures, time-outs, and a
 * cancellation that hits its own task only.
 */
class Jsr166FutureTests {

	private static final int ROUNDS = 300;

	private final WorkqueueEngine engine = ForeignEngine.start(1);

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicInteger interrupted = new AtomicInteger();

	@AfterEach
	void close() {
		this.mayEnd.countDown();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void theResultIsDelivered(ExecutorKind kind) throws Exception {
		FutureTask<String> future = submit(kind.alloc(this.engine).asExecutor(), () -> "result");
		assertThat(get(future)).isEqualTo("result");
		assertThat(future).isDone().isNotCancelled();
	}

	/** The failure is the future's, so the work has not failed and nobody logs it. */
	@ParameterizedTest
	@EnumSource
	void aFailureIsDeliveredAndIsNoFailureOfTheWork(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		Exception failure = new Exception("on purpose");
		FutureTask<String> future = submit(queue.asExecutor(), () -> {
			throw failure;
		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(future)).withCause(failure);
		queue.flush();
		assertThat(this.engine.inspectWorkqueue("queue").orElseThrow().stats().failed()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aWaitForTheResultMayTimeOut(ExecutorKind kind) throws Exception {
		FutureTask<String> future = submit(kind.alloc(this.engine).asExecutor(), this::hold);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS));
		assertThat(future).isNotDone();
		this.mayEnd.countDown();
		assertThat(get(future)).isEqualTo("held");
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU_ONE", "UNBOUND_ONE", "ORDERED", "BH", "BH_HIGHPRI" })
	void whatIsCancelledBeforeItRunsNeverRuns(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		submit(queue.asExecutor(), this::hold);
		FutureTask<Integer> future = submit(queue.asExecutor(), this.runs::incrementAndGet);
		assertThat(future.cancel(false)).isTrue();
		this.mayEnd.countDown();
		queue.flush();
		assertThat(this.runs).hasValue(0);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> get(future));
	}

	@ParameterizedTest
	@EnumSource
	void cancellingInterruptsTheTaskThatRuns(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch woken = new CountDownLatch(1);
		FutureTask<String> future = submit(queue.asExecutor(), () -> {
			begun.countDown();
			try {
				return hold();
			}
			finally {
				woken.countDown();
			}
		});
		ForeignEngine.await(begun);
		assertThat(future.cancel(true)).isTrue();
		ForeignEngine.await(woken);
		assertNoTaskIsInterrupted(queue);
	}

	/**
	 * A cancellation that races with the end of its task interrupts that task or nobody:
	 * the next one is already waiting for the same worker.
	 */
	@ParameterizedTest
	@EnumSource
	void cancellingInterruptsNoOtherTask(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		for (int i = 0; i < ROUNDS; i++) {
			CountDownLatch begun = new CountDownLatch(1);
			FutureTask<Void> future = submit(queue.asExecutor(), () -> {
				begun.countDown();
				return null;
			});
			queue.asExecutor().execute(this::look);
			ForeignEngine.await(begun);
			future.cancel(true);
			queue.asExecutor().execute(this::look);
		}
		queue.flush();
		assertNoTaskIsInterrupted(queue);
	}

	/** The other waits behind it, on the only CPU: a task that waits makes room. */
	@ParameterizedTest
	@EnumSource(names = { "PER_CPU", "HIGHPRI", "CPU_INTENSIVE", "MEM_RECLAIM", "UNBOUND", "VIRTUAL" })
	void aTaskMayWaitForAnotherThatItHasGiven(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		FutureTask<String> outer = submit(executor, () -> "outer " + get(submit(executor, () -> "inner")));
		assertThat(get(outer)).isEqualTo("outer inner");
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU", "HIGHPRI", "CPU_INTENSIVE", "UNBOUND", "VIRTUAL" })
	void tasksMayWaitForEachOtherInALongChain(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		assertThat(get(submit(executor, () -> depth(executor, 50)))).isEqualTo(50);
	}

	private static int depth(Executor executor, int left) throws Exception {
		return (left == 0) ? 0 : 1 + get(submit(executor, () -> depth(executor, left - 1)));
	}

	private void assertNoTaskIsInterrupted(Workqueue queue) throws InterruptedException {
		for (int i = 0; i < 20; i++) {
			queue.asExecutor().execute(this::look);
		}
		queue.flush();
		assertThat(this.interrupted).hasValue(0);
	}

	private void look() {
		this.interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
	}

	private String hold() throws InterruptedException {
		ForeignEngine.await(this.mayEnd);
		return "held";
	}

	private static <T> FutureTask<T> submit(Executor executor, Callable<T> task) {
		FutureTask<T> future = new FutureTask<>(task);
		executor.execute(future);
		return future;
	}

	private static <T> T get(FutureTask<T> future) throws Exception {
		return future.get(ForeignEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

}
