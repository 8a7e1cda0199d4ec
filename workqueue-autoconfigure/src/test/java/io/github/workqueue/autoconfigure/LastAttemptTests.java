package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.engine.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Attempts that become the last because there cannot be another: stories of failures and
 * of keys that nobody heard of again.
 */
class LastAttemptTests {

	private final LogCapture log = new LogCapture();

	private final ApplicationContextRunner runner = WorkqueueRunner.plain()
		.withUserConfiguration(Failing.class)
		.withBean(Failures.class)
		.withPropertyValues("workqueue.queues.own.type=unbound");

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void aFailureIsToldIfItsItemIsDisabledMeanwhile() {
		this.runner.run((context) -> {
			Failing handler = context.getBean(Failing.class);
			WorkItem item = context.getBean("plain", WorkItem.class);
			item.schedule();
			handler.awaitStart();
			item.disable();
			handler.goOn.countDown();
			await().until(() -> failures(context.getBean(Failures.class)).contains("plain 1"));
			item.enable();
			assertThat(item.isPending()).isFalse();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "keyed", "carried", "batch" })
	void aFailureIsToldIfItsKeyIsCancelledMeanwhile(String work) {
		this.runner.run((context) -> {
			Failing handler = context.getBean(Failing.class);
			KeyedWork<String> keyed = WorkqueueRunner.keyed(context, work);
			keyed.schedule("key");
			handler.awaitStart();
			CompletableFuture<Boolean> cancel = CompletableFuture.supplyAsync(() -> cancelSync(keyed));
			await().until(() -> !keyed.schedule("key") && !keyed.isPending("key"));
			handler.goOn.countDown();
			await().until(() -> failures(context.getBean(Failures.class)).contains(work + " 1"));
			cancel.get(20, TimeUnit.SECONDS);
			assertThat(keyed.size()).isZero();
			assertThat(keyed.schedule("key", Duration.ofHours(1))).isTrue();
		});
	}

	@Test
	void aFailureOfAnItemWithoutABeanIsLogged() {
		this.runner.run((context) -> {
			CountDownLatch started = new CountDownLatch(1);
			CountDownLatch goOn = new CountDownLatch(1);
			DelayedWorkItem item = context.getBean(Workqueues.class).initDelayedWork("bare", (WorkHandler) (work) -> {
				started.countDown();
				await().until(() -> goOn.getCount() == 0);
				throw new WorkRetryException(Duration.ofHours(1), new IllegalStateException("as planned"));
			});
			item.schedule();
			await().until(() -> started.getCount() == 0);
			item.disable();
			goOn.countDown();
			await().until(() -> !item.isRunning());
			await().until(() -> !this.log.containing("work 'bare' of workqueue 'system_wq' failed").isEmpty());
		});
	}

	@Test
	void keysOfABatchAreLetGoWithTheirQueue() {
		this.runner.run((context) -> {
			KeyedWork<String> batch = WorkqueueRunner.keyed(context, "batch");
			for (String key : List.of("a", "b", "c")) {
				assertThat(batch.schedule(key, Duration.ofHours(1))).isTrue();
			}
			context.getBean("own", Workqueue.class).destroy();
			assertThat(this.log.containing("with 3 accepted works that never ran: batch (3 times)")).hasSize(1);
			assertThat(batch.isPending("a")).isFalse();
			assertThat(batch.size()).isZero();
			assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> batch.schedule("a"));
		});
	}

	private static boolean cancelSync(KeyedWork<String> keyed) {
		try {
			return keyed.cancelSync("key");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> failures(Failures failures) {
		return failures.all.stream().map((failure) -> failure.work() + " " + failure.attempts()).toList();
	}

	static class Failures implements WorkFailureHandler {

		private final List<WorkFailure> all = new CopyOnWriteArrayList<>();

		@Override
		public void onFailure(WorkFailure failure) {
			this.all.add(failure);
		}

	}

	static class Failing {

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private void awaitStart() {
			await().until(() -> this.started.getCount() == 0);
		}

		private void fail() throws InterruptedException {
			this.started.countDown();
			assertThat(this.goOn.await(20, TimeUnit.SECONDS)).isTrue();
			throw new IllegalStateException("as planned");
		}

		@Work(name = "plain", maxAttempts = "3", backoff = "1h")
		void plain() throws InterruptedException {
			fail();
		}

		@Work(name = "keyed", maxAttempts = "3", backoff = "1h")
		void keyed(String key) throws InterruptedException {
			fail();
		}

		@Work(name = "carried", key = "#text.length()", maxAttempts = "3", backoff = "1h")
		void carried(String text) throws InterruptedException {
			fail();
		}

		@Work(name = "batch", queue = "own", batchSize = 10, maxAttempts = "3", backoff = "1h")
		void batch(List<String> keys) throws InterruptedException {
			fail();
		}

	}

}
