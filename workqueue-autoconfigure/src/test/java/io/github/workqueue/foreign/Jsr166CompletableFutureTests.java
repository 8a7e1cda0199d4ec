package io.github.workqueue.foreign;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link CompletableFuture} whose asynchronous stages run on a queue.
 */
class Jsr166CompletableFutureTests {

	private static final int MANY = 200;

	private final WorkqueueEngine engine = ForeignEngine.start(2);

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.mayEnd.countDown();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void stagesRunOneAfterTheOtherAsWorkOfTheQueue(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		AtomicInteger seen = new AtomicInteger();
		CompletableFuture<String> future = CompletableFuture.supplyAsync(this::currentWork, executor)
			.thenApplyAsync((work) -> work + "+" + currentWork(), executor)
			.thenComposeAsync((work) -> CompletableFuture.supplyAsync(() -> work + "+" + currentWork(), executor),
					executor)
			.whenCompleteAsync((work, failure) -> seen.incrementAndGet(), executor);
		assertThat(get(future)).isEqualTo("queue.executor+queue.executor+queue.executor");
		assertThat(seen).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void allOfManyEnd(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		AtomicInteger runs = new AtomicInteger();
		List<CompletableFuture<Void>> futures = IntStream.range(0, MANY)
			.mapToObj((i) -> CompletableFuture.runAsync(runs::incrementAndGet, executor))
			.toList();
		get(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
		assertThat(runs).hasValue(MANY);
	}

	@ParameterizedTest
	@EnumSource
	void aLongChainOfStagesKeepsItsOrder(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		CompletableFuture<Integer> future = CompletableFuture.supplyAsync(() -> 0, executor);
		for (int i = 0; i < MANY; i++) {
			int step = i;
			future = future.thenApplyAsync((before) -> (before == step) ? before + 1 : -1, executor);
		}
		assertThat(get(future)).isEqualTo(MANY);
	}

	@ParameterizedTest
	@EnumSource
	void twoResultsAreCombined(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		CompletableFuture<Integer> left = CompletableFuture.supplyAsync(() -> 20, executor);
		CompletableFuture<Integer> right = CompletableFuture.supplyAsync(() -> 22, executor);
		assertThat(get(left.thenCombineAsync(right, Integer::sum, executor))).isEqualTo(42);
	}

	@ParameterizedTest
	@EnumSource
	void aFailurePassesTheStagesAndIsNoFailureOfTheWork(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		IllegalStateException failure = new IllegalStateException("on purpose");
		CompletableFuture<String> failing = CompletableFuture.supplyAsync(() -> {
			throw failure;
		}, queue.asExecutor());
		CompletableFuture<String> mended = failing.thenApplyAsync((result) -> "passed", queue.asExecutor())
			.exceptionallyAsync((cause) -> cause.getClass().getSimpleName(), queue.asExecutor());
		assertThat(get(mended)).isEqualTo(CompletionException.class.getSimpleName());
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(failing)).withCause(failure);
		queue.flush();
		assertThat(this.engine.inspectWorkqueue("queue").orElseThrow().stats().failed()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aFutureMayTimeOutWhileItsTaskRunsOn(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<Void> future = CompletableFuture.runAsync(() -> {
			begun.countDown();
			ForeignEngine.sneaky(() -> ForeignEngine.await(this.mayEnd));
			end.countDown();
		}, queue.asExecutor());
		ForeignEngine.await(begun);
		future.orTimeout(1, TimeUnit.MILLISECONDS);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(future))
			.withCauseInstanceOf(TimeoutException.class);
		this.mayEnd.countDown();
		ForeignEngine.await(end);
	}

	@ParameterizedTest
	@EnumSource
	void aFutureMayTakeAnotherValueWhenItsTaskTakesTooLong(ExecutorKind kind) throws Exception {
		CompletableFuture<String> future = CompletableFuture.supplyAsync(() -> {
			ForeignEngine.sneaky(() -> ForeignEngine.await(this.mayEnd));
			return "late";
		}, kind.alloc(this.engine).asExecutor()).completeOnTimeout("early", 1, TimeUnit.MILLISECONDS);
		assertThat(get(future)).isEqualTo("early");
	}

	@ParameterizedTest
	@EnumSource
	void aDelayedExecutorHandsItsTasksToTheQueue(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		Executor delayed = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, executor);
		assertThat(get(CompletableFuture.supplyAsync(this::currentWork, delayed))).isEqualTo("queue.executor");
	}

	/** The first stage is refused to its caller, a later one by its result. */
	@ParameterizedTest
	@EnumSource
	void aQueueThatIsGoneRefusesStages(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		CompletableFuture<String> source = new CompletableFuture<>();
		CompletableFuture<String> later = source.thenApplyAsync((value) -> value, queue.asExecutor());
		queue.destroy();
		source.complete("value");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(later))
			.withCauseInstanceOf(WorkRejectedException.class);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> CompletableFuture.runAsync(() -> {
		}, queue.asExecutor()));
	}

	private String currentWork() {
		return this.engine.current().orElseThrow().name();
	}

	private static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(ForeignEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

}
