package io.github.workqueue.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

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
 * An executor that has ended, or is about to, says so to whoever comes too late, and runs
 * what it accepted before: {@code shutdown} is {@code destroy} here.
 */
class Jsr166RejectionTests {

	private final WorkqueueEngine engine = ForeignEngine.start(2);

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void close() {
		this.mayEnd.countDown();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void aQueueThatIsGoneRefusesTasksAndHasRunTheOthers(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		for (int i = 0; i < 100; i++) {
			queue.asExecutor().execute(this.runs::incrementAndGet);
		}
		queue.destroy();
		assertThat(this.runs).hasValue(100);
		assertRefused(queue.asExecutor(), "DESTROYED");
		assertThat(this.runs).hasValue(100);
	}

	@ParameterizedTest
	@EnumSource
	void anEngineThatIsClosedRefusesTasksAndHasRunTheOthers(ExecutorKind kind) {
		Workqueue queue = kind.alloc(this.engine);
		for (int i = 0; i < 100; i++) {
			queue.asExecutor().execute(this.runs::incrementAndGet);
		}
		this.engine.close();
		assertThat(this.runs).hasValue(100);
		assertRefused(queue.asExecutor(), "DESTROYED");
	}

	@ParameterizedTest
	@EnumSource
	void aQueueThatDrainsRefusesStrangersButNotItsOwnTasks(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		queue.asExecutor().execute(() -> {
			ForeignEngine.sneaky(() -> ForeignEngine.await(this.mayEnd));
			queue.asExecutor().execute(this.runs::incrementAndGet);
		});
		Elsewhere<Boolean> drain = drain(queue);
		assertRefused(queue.asExecutor(), "DRAINING");
		this.mayEnd.countDown();
		assertThat(drain.get()).isTrue();
		assertThat(this.runs).hasValue(1);
		queue.asExecutor().execute(this.runs::incrementAndGet);
		queue.flush();
		assertThat(this.runs).as("open again").hasValue(2);
	}

	/** A caller is told the truth, however close its call is to the end. */
	@ParameterizedTest
	@EnumSource
	void exactlyTheAcceptedTasksRunWhenTheQueueIsDestroyedMeanwhile(ExecutorKind kind) throws Exception {
		for (int round = 0; round < 10; round++) {
			Workqueue queue = kind.alloc(this.engine);
			AtomicInteger done = new AtomicInteger();
			CountDownLatch begun = new CountDownLatch(2);
			List<Elsewhere<Integer>> callers = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				callers.add(ForeignEngine.elsewhere(() -> executeUntilRefused(queue.asExecutor(), done, begun)));
			}
			ForeignEngine.await(begun);
			queue.destroy();
			int atTheEnd = done.get();
			assertThat(callers.get(0).get() + callers.get(1).get()).isEqualTo(atTheEnd);
			assertThat(done).hasValue(atTheEnd);
		}
	}

	private static int executeUntilRefused(Executor executor, AtomicInteger done, CountDownLatch begun) {
		for (int accepted = 0;; accepted++) {
			try {
				executor.execute(done::incrementAndGet);
				begun.countDown();
			}
			catch (WorkRejectedException ex) {
				return accepted;
			}
		}
	}

	/** What was refused is forgotten, and whoever was refused may try again elsewhere. */
	@ParameterizedTest
	@EnumSource
	void aTaskThatWasRefusedMayGoToAnotherQueue(ExecutorKind kind) throws Exception {
		Workqueue gone = kind.alloc(this.engine);
		gone.destroy();
		AtomicBoolean ran = new AtomicBoolean();
		Runnable task = () -> ran.set(true);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> gone.asExecutor().execute(task));
		Workqueue next = kind.alloc(this.engine);
		next.asExecutor().execute(task);
		next.flush();
		assertThat(ran).isTrue();
	}

	private static void assertRefused(Executor executor, String state) {
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> executor.execute(() -> assertThat(false).as("this is run").isTrue()))
			.isInstanceOf(WorkRejectedException.class)
			.withMessageContaining("'queue.executor'")
			.withMessageContaining("'queue'")
			.withMessageContaining(state);
	}

	private Elsewhere<Boolean> drain(Workqueue queue) {
		Elsewhere<Boolean> drain = ForeignEngine.elsewhere(() -> queue.drain(ForeignEngine.PATIENCE));
		ForeignEngine.awaitDraining(this.engine, queue);
		return drain;
	}

}
