package io.github.workqueue.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.test.AutoConfigureWorkqueues.Mode;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test classes that run at the same time, with contexts from the cache of Spring's tests.
 */
class ParallelContextsTests {

	private static final int ROUNDS = 200;

	@Test
	void eachContextHasAClockOfItsOwn() throws Exception {
		CyclicBarrier together = new CyclicBarrier(2);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			CompletableFuture<Integer> fast = CompletableFuture
				.supplyAsync(() -> runsOf(First.class, Duration.ofHours(1), together), threads);
			CompletableFuture<Integer> slow = CompletableFuture
				.supplyAsync(() -> runsOf(Second.class, Duration.ofMinutes(30), together), threads);
			assertThat(result(fast)).isEqualTo(ROUNDS);
			assertThat(result(slow)).isEqualTo(ROUNDS / 2);
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void testsOfTheSameConfigurationShareTheContext() throws Exception {
		TestContextManager one = new TestContextManager(First.class);
		TestContextManager other = new TestContextManager(SameAsFirst.class);
		assertThat(one.getTestContext().getApplicationContext())
			.isSameAs(other.getTestContext().getApplicationContext());
	}

	private static int result(CompletableFuture<Integer> runs)
			throws ExecutionException, InterruptedException, TimeoutException {
		return runs.get(60, TimeUnit.SECONDS);
	}

	/** Counts the runs of hourly work while the clock is turned in steps. */
	private static int runsOf(Class<?> test, Duration step, CyclicBarrier together) {
		try {
			ApplicationContext context = new TestContextManager(test).getTestContext().getApplicationContext();
			WorkqueueTester tester = context.getBean(WorkqueueTester.class);
			DelayedWorkItem hourly = context.getBean("hourly", DelayedWorkItem.class);
			together.await(60, TimeUnit.SECONDS);
			for (int round = 0; round < ROUNDS; round++) {
				hourly.schedule();
				tester.advance(step);
				tester.runPending();
			}
			return context.getBean(Handlers.class).runs.get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE, properties = "workqueue.cpus=1")
	@AutoConfigureWorkqueues(mode = Mode.STEPPED)
	static class First {

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE, properties = "workqueue.cpus=1")
	@AutoConfigureWorkqueues(mode = Mode.STEPPED)
	static class SameAsFirst {

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE, properties = "workqueue.cpus=2")
	@AutoConfigureWorkqueues(mode = Mode.STEPPED)
	static class Second {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers {

		final AtomicInteger runs = new AtomicInteger();

		@DelayedWork(name = "hourly", delay = "1h")
		void hourly() {
			this.runs.incrementAndGet();
		}

	}

}
