package io.github.workqueue.foreign;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.engine.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Spring's contract for {@link AsyncTaskExecutor}, kept by the executor beans of queues.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpringAsyncTaskExecutorTests {

	private final LogCapture log = new LogCapture();

	private final List<WorkFailure> failures = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = SpringRunner.runner()
		.withBean(WorkFailureHandler.class, () -> this.failures::add);

	@AfterEach
	void close() {
		this.log.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "system_wq", "system_highpri_wq", "system_unbound_wq", "system_bh_wq", "journal" })
	void tasksOfEveryFormAreWorkOfTheQueueAndDeliverTheirResults(String queue) {
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, queue);
			List<String> works = new CopyOnWriteArrayList<>();
			Runnable task = () -> works.add(SpringRunner.work(context));
			executor.execute(task);
			SpringRunner.queue(context, queue).flush();
			assertThat(SpringRunner.get(executor.submit(task))).isNull();
			assertThat(SpringRunner.get(executor.submitCompletable(task))).isNull();
			assertThat(SpringRunner.get(executor.submit(() -> SpringRunner.work(context))))
				.isEqualTo(queue + ".executor");
			assertThat(SpringRunner.get(executor.submitCompletable(() -> SpringRunner.work(context))))
				.isEqualTo(queue + ".executor");
			assertThat(works).hasSize(3).containsOnly(queue + ".executor");
		});
	}

	@Test
	@SuppressWarnings("NullAway")
	void nullIsNoTask() {
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			assertThatNullPointerException().isThrownBy(() -> executor.execute(null)).withMessageContaining("task");
			assertThatNullPointerException().isThrownBy(() -> executor.submit((Runnable) null));
			assertThatNullPointerException().isThrownBy(() -> executor.submitCompletable((Runnable) null));
			assertThat(SpringRunner.failed(context, "journal")).isZero();
		});
	}

	/** Whoever holds the future is told, and nobody else. */
	@Test
	void whatFailsInAFutureIsNoFailureOfTheWork(CapturedOutput output) {
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			for (Future<?> future : List.of(executor.submit(SpringAsyncTaskExecutorTests::fail),
					executor.submitCompletable(SpringAsyncTaskExecutorTests::fail))) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> SpringRunner.get(future))
					.withCauseInstanceOf(IllegalStateException.class);
			}
			SpringRunner.queue(context, "journal").flush();
			assertThat(SpringRunner.failed(context, "journal")).isZero();
			assertThat(this.failures).isEmpty();
			assertThat(this.log.containing("journal.executor")).isEmpty();
			assertThat(output).doesNotContain("on purpose");
		});
	}

	@Test
	void aCheckedExceptionArrivesAsItWasThrown() {
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			Exception failure = new Exception("on purpose");
			Future<Object> future = executor.submit(() -> {
				throw failure;
			});
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> SpringRunner.get(future))
				.withCause(failure);
			Future<Object> completable = executor.submitCompletable(() -> {
				throw failure;
			});
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> SpringRunner.get(completable))
				.withCause(failure);
		});
	}

	/**
	 * Nobody holds a future here: the queue counts it, the log has it, handlers are told.
	 */
	@Test
	void whatFailsWithoutAFutureIsCountedToldAndLoggedOnce() {
		this.runner.run((context) -> {
			SpringRunner.executor(context, "journal").execute(SpringAsyncTaskExecutorTests::fail);
			SpringRunner.queue(context, "journal").flush();
			assertThat(SpringRunner.failed(context, "journal")).isEqualTo(1);
			assertThat(this.failures).extracting(WorkFailure::work).containsExactly("journal.executor");
			assertThat(this.log.containing("'journal.executor'")).hasSize(1);
		});
	}

	@Test
	void whatIsCancelledBeforeItRunsNeverRuns() {
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			CountDownLatch mayEnd = new CountDownLatch(1);
			CountDownLatch begun = new CountDownLatch(1);
			AtomicInteger runs = new AtomicInteger();
			executor.execute(() -> {
				begun.countDown();
				ForeignEngine.sneaky(() -> ForeignEngine.await(mayEnd));
			});
			ForeignEngine.await(begun);
			Future<?> future = executor.submit((Runnable) runs::incrementAndGet);
			assertThat(future.cancel(true)).isTrue();
			mayEnd.countDown();
			SpringRunner.queue(context, "journal").flush();
			assertThat(runs).hasValue(0);
			assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> SpringRunner.get(future));
		});
	}

	@Test
	void cancellingInterruptsTheTaskThatRunsAndNotTheNext() {
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			CountDownLatch begun = new CountDownLatch(1);
			CountDownLatch woken = new CountDownLatch(1);
			Future<?> future = executor.submit(() -> {
				begun.countDown();
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					woken.countDown();
					Thread.currentThread().interrupt();
				}
			});
			ForeignEngine.await(begun);
			Future<Boolean> next = executor.submit(() -> Thread.currentThread().isInterrupted());
			assertThat(future.cancel(true)).isTrue();
			ForeignEngine.await(woken);
			assertThat(SpringRunner.get(next)).isFalse();
			assertThat(SpringRunner.failed(context, "journal")).isZero();
			assertThat(this.log.containing("journal.executor")).isEmpty();
		});
	}

	@Test
	void tasksOfEveryFormAreDecoratedOnce() {
		AtomicInteger decorated = new AtomicInteger();
		this.runner.withBean(TaskDecorator.class, () -> (task) -> () -> {
			decorated.incrementAndGet();
			task.run();
		}).run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			executor.execute(() -> {
			});
			SpringRunner.queue(context, "journal").flush();
			assertThat(decorated).hasValue(1);
			assertThat(SpringRunner.get(executor.submit(() -> decorated.get()))).isEqualTo(2);
			assertThat(SpringRunner.get(executor.submitCompletable(() -> decorated.get()))).isEqualTo(3);
		});
	}

	private static void fail() {
		throw new IllegalStateException("on purpose");
	}

}
