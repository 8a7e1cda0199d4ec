package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Work that fails: what is tried again, when, and who is told in the end.
 */
@ExtendWith(OutputCaptureExtension.class)
class RetryTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.plain().withUserConfiguration(Failing.class);

	@Test
	void triesAgainUntilItSucceeds(CapturedOutput output) {
		this.runner.run((context) -> {
			WorkItem item = context.getBean("thirdTime", WorkItem.class);
			item.schedule();
			Calls calls = context.getBean(Calls.class);
			calls.awaitExactly("thirdTime", "thirdTime", "thirdTime");
			await().until(() -> !item.isPending() && !item.isRunning());
			assertThat(output).doesNotContain("ERROR");
		});
	}

	@Test
	void aWaitingRetryIsPendingAndCanBeRunNow() {
		this.runner.run((context) -> {
			DelayedWorkItem item = context.getBean("patient", DelayedWorkItem.class);
			Calls calls = context.getBean(Calls.class);
			item.schedule();
			calls.awaitExactly("patient");
			await().until(item::isPending);
			for (int i = 0; i < 1000; i++) {
				assertThat(item.schedule()).isFalse();
			}
			assertThat(item.flush()).isTrue();
			calls.awaitExactly("patient", "patient");
			await().until(item::isPending);
			assertThat(item.cancel()).isTrue();
			item.schedule();
			calls.awaitExactly("patient", "patient", "patient");
			assertThat(context.getBean(Failing.class).failures).hasValue(3);
			item.cancelSync();
		});
	}

	@Test
	void tellsEveryFailureHandlerOnce(CapturedOutput output) {
		this.runner.withUserConfiguration(BrokenHandler.class, Recording.class).run((context) -> {
			context.getBean("alwaysFailing", WorkItem.class).schedule();
			Calls calls = context.getBean(Calls.class);
			calls.awaitExactly("alwaysFailing", "alwaysFailing",
					"handled alwaysFailing system_unbound_wq null 2 IllegalStateException", "event alwaysFailing");
			assertThat(output.getAll().lines().filter((line) -> line.contains("ERROR"))).singleElement()
				.asString()
				.contains("A listener to failures failed itself");
			assertThat(output).contains("no good either");
		});
	}

	@Test
	void errorsAreNotTriedAgainAndTheKeyIsReported() {
		this.runner.withUserConfiguration(Recording.class).run((context) -> {
			WorkqueueRunner.keyed(context, "broken").schedule("k");
			context.getBean(Calls.class)
				.awaitExactly("broken", "handled broken system_wq k 1 AssertionError", "event broken");
		});
	}

	@Test
	void logsTheLastFailureWhereThereIsNoHandler(CapturedOutput output) {
		this.runner.run((context) -> {
			context.getBean("once", WorkItem.class).schedule();
			await().untilAsserted(() -> assertThat(output).contains("work 'once'", "system_wq", "no luck"));
			assertThat(output.getAll().lines().filter((line) -> line.contains("ERROR"))).hasSize(1);
		});
	}

	@Test
	void aBackoffOfCenturiesLosesNeitherTheRetryNorTheReport() {
		this.runner.withUserConfiguration(Recording.class).run((context) -> {
			WorkItem item = context.getBean("everPatient", WorkItem.class);
			item.schedule();
			Calls calls = context.getBean(Calls.class);
			calls.awaitExactly("everPatient");
			await().until(() -> item.isPending() && !item.isRunning());
			item.flush();
			calls.awaitExactly("everPatient", "everPatient",
					"handled everPatient system_wq null 2 IllegalStateException", "event everPatient");
		});
	}

	@Test
	void keyedWorkIsTriedAgainPerKey() {
		this.runner.run((context) -> {
			KeyedWork<String> work = WorkqueueRunner.keyed(context, "perKey");
			work.schedule("a");
			Calls calls = context.getBean(Calls.class);
			calls.awaitExactly("a");
			await().until(() -> work.isPending("a"));
			assertThat(work.schedule("a")).isFalse();
			assertThat(work.modify("a", Duration.ZERO)).isTrue();
			calls.awaitExactly("a", "a");
			await().until(() -> work.size() == 0);
		});
	}

	static class Failing {

		final AtomicInteger failures = new AtomicInteger();

		private final Calls calls;

		Failing(Calls calls) {
			this.calls = calls;
		}

		@Work(maxAttempts = "5", backoff = "1ms")
		void thirdTime() {
			this.calls.add("thirdTime");
			if (this.failures.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
		}

		@DelayedWork(delay = "1ms", maxAttempts = "10", backoff = "1h")
		void patient() {
			this.failures.incrementAndGet();
			this.calls.add("patient");
			throw new IllegalStateException("not yet");
		}

		@Work(name = "everPatient", maxAttempts = "2", backoff = "200000d..300000d")
		void everPatient() {
			this.calls.add("everPatient");
			throw new IllegalStateException("not yet");
		}

		@Work(queue = "system_unbound_wq", name = "alwaysFailing", maxAttempts = "2", backoff = "1ms..10ms x2 ~20%")
		void never() {
			this.calls.add("alwaysFailing");
			throw new IllegalStateException("never");
		}

		@Work(name = "broken", maxAttempts = "5", backoff = "1ms")
		void broken(String key) {
			this.calls.add("broken");
			throw new AssertionError("broken");
		}

		@Work(name = "once")
		void once() throws Exception {
			throw new Exception("no luck");
		}

		@Work(name = "perKey", maxAttempts = "2", backoff = "1h")
		void perKey(String key) {
			this.calls.add(key);
			if (this.calls.all().size() == 1) {
				throw new IllegalStateException("first");
			}
		}

	}

	@Order(1)
	static class BrokenHandler implements WorkFailureHandler {

		@Override
		public void onFailure(WorkFailure failure) {
			throw new IllegalStateException("no good either");
		}

	}

	@Order(2)
	static class Recording implements WorkFailureHandler {

		private final Calls calls;

		Recording(Calls calls) {
			this.calls = calls;
		}

		@Override
		public void onFailure(WorkFailure failure) {
			this.calls.add("handled " + failure.work() + " " + failure.queue() + " " + failure.key() + " "
					+ failure.attempts() + " " + failure.cause().getClass().getSimpleName());
		}

		@EventListener
		void on(WorkFailure failure) {
			this.calls.add("event " + failure.work());
		}

	}

}
