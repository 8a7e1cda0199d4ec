package io.github.workqueue.foreign;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.autoconfigure.WorkqueueAutoConfiguration;
import io.github.workqueue.snapshot.WorkqueueInspector;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Contexts with an ordered queue {@code journal} that is full when two tasks wait, and
 * their executors.
 */
final class SpringRunner {

	private SpringRunner() {
	}

	static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(WorkqueueAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
			.withPropertyValues(properties());
	}

	static String[] properties() {
		return new String[] { "workqueue.queues.journal.type=ordered", "workqueue.queues.journal.max-pending=2" };
	}

	static AsyncTaskExecutor executor(ApplicationContext context, String queue) {
		return context.getBean(queue + ".executor", AsyncTaskExecutor.class);
	}

	static Workqueue queue(ApplicationContext context, String queue) {
		return context.getBean(queue, Workqueue.class);
	}

	/** The name of the work that runs on the calling thread. */
	static String work(ApplicationContext context) {
		return context.getBean(Workqueues.class).current().orElseThrow().name();
	}

	static long failed(ApplicationContext context, String queue) {
		return context.getBean(WorkqueueInspector.class).inspectWorkqueue(queue).orElseThrow().stats().failed();
	}

	static <T> T get(Future<T> future) throws Exception {
		return future.get(ForeignEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	/** Fills {@code journal} until the latch lets go. */
	static void fill(Executor executor, CountDownLatch mayEnd) throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		executor.execute(() -> {
			begun.countDown();
			ForeignEngine.sneaky(() -> ForeignEngine.await(mayEnd));
		});
		ForeignEngine.await(begun);
		for (int i = 0; i < 2; i++) {
			executor.execute(() -> {
			});
		}
	}

	/** As Spring says it, with our reason behind. */
	static void assertRefused(ThrowingCallable request, String state) {
		assertThatExceptionOfType(TaskRejectedException.class).isThrownBy(request)
			.withMessageContaining("journal")
			.withMessageContaining(state)
			.withCauseInstanceOf(WorkRejectedException.class);
	}

}
