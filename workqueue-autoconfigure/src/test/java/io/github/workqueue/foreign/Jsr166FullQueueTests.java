package io.github.workqueue.foreign;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.foreign.ForeignEngine.Elsewhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A bounded executor: what saturation does to callers, and that it passes. One task runs
 * until it may end and two wait behind it; then the queue is full.
 */
class Jsr166FullQueueTests {

	private final WorkqueueEngine engine = ForeignEngine.start(1);

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void close() {
		Thread.interrupted();
		this.mayEnd.countDown();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU_ONE", "UNBOUND_ONE", "ORDERED" })
	void aFullQueueRefusesTasksUntilThereIsRoom(ExecutorKind kind) throws Exception {
		Workqueue queue = full(kind, WhenFull.REJECT);
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> queue.asExecutor().execute(this.runs::incrementAndGet))
			.isInstanceOf(WorkRejectedException.class)
			.withMessageContaining("full");
		this.mayEnd.countDown();
		queue.flush();
		assertThat(this.runs).as("accepted ones").hasValue(3);
		queue.asExecutor().execute(this.runs::incrementAndGet);
		queue.flush();
		assertThat(this.runs).hasValue(4);
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU_ONE", "UNBOUND_ONE", "ORDERED" })
	void aCallerWaitsForRoom(ExecutorKind kind) throws Exception {
		Workqueue queue = full(kind, WhenFull.CALLER_WAITS);
		Elsewhere<Integer> caller = waitingCaller(queue.asExecutor());
		this.mayEnd.countDown();
		caller.get();
		queue.flush();
		assertThat(this.runs).hasValue(4);
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU_ONE", "UNBOUND_ONE", "ORDERED" })
	void everyCallerThatWaitsIsServed(ExecutorKind kind) throws Exception {
		Workqueue queue = full(kind, WhenFull.CALLER_WAITS);
		Elsewhere<Integer> first = waitingCaller(queue.asExecutor());
		Elsewhere<Integer> second = waitingCaller(queue.asExecutor());
		Elsewhere<Integer> third = waitingCaller(queue.asExecutor());
		this.mayEnd.countDown();
		assertThat(first.get() + second.get() + third.get()).isEqualTo(3);
		queue.flush();
		assertThat(this.runs).hasValue(6);
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU_ONE", "UNBOUND_ONE", "ORDERED" })
	void aTaskNeverWaitsForRoom(ExecutorKind kind) throws Exception {
		Workqueue queue = ForeignEngine.bounded(this.engine, kind, 2, WhenFull.CALLER_WAITS);
		CountDownLatch end = new CountDownLatch(10);
		queue.asExecutor().execute(() -> {
			for (int i = 0; i < 10; i++) {
				queue.asExecutor().execute(end::countDown);
			}
		});
		ForeignEngine.await(end);
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU_ONE", "UNBOUND_ONE", "ORDERED" })
	void aCallerThatIsInterruptedWaitsNoLongerAndStaysInterrupted(ExecutorKind kind) throws Exception {
		Workqueue queue = full(kind, WhenFull.CALLER_WAITS);
		Elsewhere<Boolean> caller = ForeignEngine.elsewhere(() -> {
			assertThatExceptionOfType(WorkRejectedException.class)
				.isThrownBy(() -> queue.asExecutor().execute(this.runs::incrementAndGet))
				.withMessageContaining("interrupted");
			return Thread.currentThread().isInterrupted();
		});
		caller.awaitWait();
		caller.thread().interrupt();
		assertThat(caller.get()).isTrue();
		this.mayEnd.countDown();
		queue.flush();
		assertThat(this.runs).hasValue(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "PER_CPU_ONE", "UNBOUND_ONE", "ORDERED" })
	void callersThatWaitAreRefusedWhenTheQueueIsDestroyed(ExecutorKind kind) throws Exception {
		Workqueue queue = full(kind, WhenFull.CALLER_WAITS);
		Elsewhere<Boolean> first = refusedCaller(queue.asExecutor());
		Elsewhere<Boolean> second = refusedCaller(queue.asExecutor());
		Elsewhere<Integer> destroy = ForeignEngine.elsewhere(() -> {
			queue.destroy();
			return this.runs.get();
		});
		ForeignEngine.awaitDraining(this.engine, queue);
		this.mayEnd.countDown();
		assertThat(destroy.get()).as("ran before the end").isEqualTo(3);
		assertThat(first.get() && second.get()).isTrue();
		assertThat(this.runs).hasValue(3);
	}

	/** The pending ones are given up, which makes room: for nobody. */
	@ParameterizedTest
	@EnumSource(names = { "PER_CPU_ONE", "UNBOUND_ONE", "ORDERED" })
	void callersThatWaitAreRefusedWhenTheEngineGivesUp(ExecutorKind kind) throws Exception {
		WorkqueueEngine impatient = ForeignEngine.impatient(1);
		Workqueue queue = ForeignEngine.bounded(impatient, kind, 2, WhenFull.CALLER_WAITS);
		fill(queue.asExecutor());
		Elsewhere<Boolean> first = refusedCaller(queue.asExecutor());
		Elsewhere<Boolean> second = refusedCaller(queue.asExecutor());
		impatient.close();
		assertThat(first.get() && second.get()).isTrue();
		this.mayEnd.countDown();
	}

	@ParameterizedTest
	@EnumSource
	void callersThatWaitNowAndThenLoseNothing(ExecutorKind kind) throws Exception {
		Workqueue queue = ForeignEngine.bounded(this.engine, kind, 2, WhenFull.CALLER_WAITS);
		Elsewhere<Integer> first = ForeignEngine.elsewhere(() -> execute(queue.asExecutor(), 2000));
		Elsewhere<Integer> second = ForeignEngine.elsewhere(() -> execute(queue.asExecutor(), 2000));
		assertThat(first.get() + second.get()).isEqualTo(4000);
		queue.flush();
		assertThat(this.runs).hasValue(4000);
	}

	private int execute(Executor executor, int tasks) {
		for (int i = 0; i < tasks; i++) {
			executor.execute(this.runs::incrementAndGet);
		}
		return tasks;
	}

	private Workqueue full(ExecutorKind kind, WhenFull whenFull) throws InterruptedException {
		Workqueue queue = ForeignEngine.bounded(this.engine, kind, 2, whenFull);
		fill(queue.asExecutor());
		return queue;
	}

	private void fill(Executor executor) throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		executor.execute(() -> {
			begun.countDown();
			ForeignEngine.sneaky(() -> ForeignEngine.await(this.mayEnd));
			this.runs.incrementAndGet();
		});
		ForeignEngine.await(begun);
		execute(executor, 2);
	}

	private Elsewhere<Integer> waitingCaller(Executor executor) {
		Elsewhere<Integer> caller = ForeignEngine.elsewhere(() -> execute(executor, 1));
		caller.awaitWait();
		return caller;
	}

	private Elsewhere<Boolean> refusedCaller(Executor executor) {
		Elsewhere<Boolean> caller = ForeignEngine.elsewhere(() -> {
			assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> execute(executor, 1));
			return true;
		});
		caller.awaitWait();
		return caller;
	}

}
