package io.github.workqueue.foreign;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.Workqueues;
import org.junit.jupiter.api.Test;

import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods that Spring makes asynchronous, on a queue that they name.
 */
class SpringAsyncMethodTests {

	private final Notes seen = new Notes();

	private final ApplicationContextRunner runner = SpringRunner.runner()
		.withBean(Notes.class, () -> this.seen)
		.withBean(WorkFailureHandler.class, () -> (failure) -> this.seen.add("failed work"))
		.withUserConfiguration(Application.class);

	@Test
	void methodsOfEveryTypeRunOnTheQueue() {
		this.runner.run((context) -> {
			Methods methods = context.getBean(Methods.class);
			methods.nothing();
			SpringRunner.queue(context, "journal").flush();
			assertThat(this.seen.calls).containsExactly("journal.executor");
			assertThat(SpringRunner.get(methods.future())).isEqualTo("journal.executor");
			assertThat(SpringRunner.get(methods.completable())).isEqualTo("journal.executor");
		});
	}

	/** Spring's handler is who is told, and so the work has not failed. */
	@Test
	void whatAMethodWithoutResultThrowsReachesSpringsHandlerOnce() {
		this.runner.run((context) -> {
			context.getBean(Methods.class).failingNothing("argument");
			SpringRunner.queue(context, "journal").flush();
			assertThat(this.seen.calls).containsExactly("failingNothing argument on purpose");
			assertThat(SpringRunner.failed(context, "journal")).isZero();
		});
	}

	@Test
	void whatAMethodWithResultThrowsReachesItsCallerOnly() {
		this.runner.run((context) -> {
			Methods methods = context.getBean(Methods.class);
			for (Future<String> future : List.of(methods.failingFuture(), methods.failingCompletable())) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> SpringRunner.get(future))
					.withCauseInstanceOf(IllegalStateException.class);
			}
			SpringRunner.queue(context, "journal").flush();
			assertThat(this.seen.calls).isEmpty();
			assertThat(SpringRunner.failed(context, "journal")).isZero();
		});
	}

	@Test
	void aCallIsRefusedToItsCallerWhenTheQueueIsFull() {
		CountDownLatch mayEnd = new CountDownLatch(1);
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			Methods methods = context.getBean(Methods.class);
			SpringRunner.fill(executor, mayEnd);
			try {
				SpringRunner.assertRefused(methods::nothing, "full");
				SpringRunner.assertRefused(methods::future, "full");
				SpringRunner.assertRefused(methods::completable, "full");
			}
			finally {
				mayEnd.countDown();
			}
			SpringRunner.queue(context, "journal").flush();
			assertThat(this.seen.calls).isEmpty();
		});
	}

	@Test
	void aCallIsDecoratedOnce() {
		this.runner.withBean(TaskDecorator.class, () -> (task) -> () -> {
			this.seen.add("decorated");
			task.run();
		}).run((context) -> {
			context.getBean(Methods.class).nothing();
			SpringRunner.queue(context, "journal").flush();
			assertThat(this.seen.calls).containsExactly("decorated", "journal.executor");
		});
	}

	/** What happened, in order. */
	static class Notes {

		final List<String> calls = new CopyOnWriteArrayList<>();

		void add(String call) {
			this.calls.add(call);
		}

	}

	@EnableAsync
	@Import(Methods.class)
	static class Application implements AsyncConfigurer {

		private final Notes seen;

		Application(Notes seen) {
			this.seen = seen;
		}

		@Override
		public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
			return (failure, method, arguments) -> this.seen
				.add(method.getName() + " " + arguments[0] + " " + failure.getMessage());
		}

	}

	@Async("journal")
	static class Methods {

		private final Notes seen;

		private final Workqueues workqueues;

		Methods(Notes seen, Workqueues workqueues) {
			this.seen = seen;
			this.workqueues = workqueues;
		}

		public void nothing() {
			this.seen.add(work());
		}

		public Future<String> future() {
			return CompletableFuture.completedFuture(work());
		}

		public CompletableFuture<String> completable() {
			return CompletableFuture.completedFuture(work());
		}

		public void failingNothing(String argument) {
			throw new IllegalStateException("on purpose");
		}

		public Future<String> failingFuture() {
			throw new IllegalStateException("on purpose");
		}

		public CompletableFuture<String> failingCompletable() {
			throw new IllegalStateException("on purpose");
		}

		private String work() {
			return this.workqueues.current().orElseThrow().name();
		}

	}

}
