package io.github.workqueue.foreign;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.engine.WorkqueueEngine;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Spring says {@link TaskRejectedException} where the JDK says something more general:
 * callers catch it to run the task themselves, or to answer that they are busy.
 */
class SpringRejectedTaskTests {

	private final ApplicationContextRunner runner = SpringRunner.runner();

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void letGo() {
		this.mayEnd.countDown();
	}

	@Test
	void aFullQueueRefusesTasksOfEveryFormAndRunsTheOthers() {
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			SpringRunner.fill(executor, this.mayEnd);
			requests(executor).forEach((request) -> SpringRunner.assertRefused(request, "full"));
			this.mayEnd.countDown();
			SpringRunner.queue(context, "journal").flush();
			assertThat(this.runs).hasValue(0);
			assertThat(SpringRunner.get(executor.submit(this.runs::incrementAndGet))).isEqualTo(1);
		});
	}

	@Test
	void aQueueThatIsGoneRefusesTasksOfEveryForm() {
		this.runner.run((context) -> {
			SpringRunner.queue(context, "journal").destroy();
			requests(SpringRunner.executor(context, "journal"))
				.forEach((request) -> SpringRunner.assertRefused(request, "DESTROYED"));
		});
	}

	@Test
	void aContextThatIsClosedHasRunWhatItAcceptedAndRefusesTheRest() {
		this.runner.run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			executor.execute(this.runs::incrementAndGet);
			context.getSourceApplicationContext().close();
			assertThat(this.runs).hasValue(1);
			requests(executor).forEach((request) -> SpringRunner.assertRefused(request, "DESTROYED"));
		});
	}

	@Test
	void aQueueOfTheUsersEngineRefusesAsOurs() {
		this.runner.withUserConfiguration(OwnEngine.class).run((context) -> {
			AsyncTaskExecutor executor = SpringRunner.executor(context, "journal");
			SpringRunner.fill(executor, this.mayEnd);
			requests(executor).forEach((request) -> SpringRunner.assertRefused(request, "full"));
			this.mayEnd.countDown();
		});
	}

	/** Whoever wraps the queue itself, and not the bean, gets the same. */
	@Test
	void springsAdaptersRefuseAsTheBeanDoes() {
		this.runner.run((context) -> {
			AsyncTaskExecutor bean = SpringRunner.executor(context, "journal");
			SpringRunner.fill(bean, this.mayEnd);
			for (TaskExecutor adapter : List.of(
					new TaskExecutorAdapter(SpringRunner.queue(context, "journal").asExecutor()),
					new ConcurrentTaskExecutor(SpringRunner.queue(context, "journal").asExecutor()))) {
				assertThatExceptionOfType(TaskRejectedException.class)
					.isThrownBy(() -> adapter.execute(this.runs::incrementAndGet))
					.withCauseInstanceOf(WorkRejectedException.class);
			}
			this.mayEnd.countDown();
		});
	}

	private List<ThrowingCallable> requests(AsyncTaskExecutor executor) {
		Runnable task = this.runs::incrementAndGet;
		return List.of(() -> executor.execute(task), () -> executor.submit(task),
				() -> executor.submit(this.runs::incrementAndGet), () -> executor.submitCompletable(task),
				() -> executor.submitCompletable(this.runs::incrementAndGet));
	}

	static class OwnEngine {

		@Bean
		WorkqueueEngine own() {
			return ForeignEngine.start(1);
		}

	}

}
