package io.github.workqueue.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The clock of tests when nobody turns it any more. */
class TestClockTests {

	/** Story of a test run that never ended, since one handler did not. */
	@Test
	void aStuckHandlerDoesNotHoldUpTheClose() {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		WorkqueueRunner.plain()
			.withConfiguration(AutoConfigurations.of(WorkqueueTestAutoConfiguration.class))
			.withPropertyValues("workqueue.test.mode=INLINE", "workqueue.shutdown.drain-timeout=50ms")
			.run((context) -> {
				WorkItem item = context.getBean(Workqueues.class).initWork("stuck", (WorkHandler) (work) -> {
					started.countDown();
					await().until(() -> goOn.getCount() == 0);
				});
				new Thread(item::schedule).start();
				await().until(() -> started.getCount() == 0);
				CompletableFuture<Void> close = CompletableFuture
					.runAsync(() -> context.getSourceApplicationContext().close());
				assertThat(close).succeedsWithin(8, TimeUnit.SECONDS);
				goOn.countDown();
			});
		assertThat(goOn.getCount()).isZero();
	}

	/** Story of two works that waited for each other in tests only. */
	@Test
	void aBlockedWorkerIsReplacedThoughNoTimePasses() {
		CountDownLatch helped = new CountDownLatch(1);
		WorkqueueRunner.plain()
			.withConfiguration(AutoConfigurations.of(WorkqueueTestAutoConfiguration.class))
			.withPropertyValues("workqueue.test.mode=INLINE", "workqueue.shutdown.drain-timeout=50ms")
			.run((context) -> {
				Workqueues workqueues = context.getBean(Workqueues.class);
				Workqueue queue = workqueues.get("system_wq");
				WorkItem helper = workqueues.initWork("helper", (WorkHandler) (work) -> helped.countDown());
				WorkItem needy = workqueues.initWork("needy", (WorkHandler) (work) -> {
					queue.queueOn(0, helper);
					helped.await();
				});
				CompletableFuture<Boolean> request = CompletableFuture.supplyAsync(() -> queue.queueOn(0, needy));
				assertThat(request).succeedsWithin(20, TimeUnit.SECONDS);
			});
		assertThat(helped.getCount()).isZero();
	}

}
