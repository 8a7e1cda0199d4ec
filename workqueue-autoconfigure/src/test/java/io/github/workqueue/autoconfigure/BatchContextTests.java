package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * A batch has the context of the request of its first key, whoever makes it run.
 */
class BatchContextTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.plain()
		.withUserConfiguration(Handlers.class)
		.withBean(RequestDecorator.class);

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void keysThatAreLeftOverKeepTheContextOfTheirRequests() {
		this.runner.run((context) -> {
			KeyedWork<String> pairs = WorkqueueRunner.keyed(context, "pairs");
			context.getBean(Workqueues.class).freeze();
			request(pairs, "a", "r1");
			request(pairs, "b", "r1");
			request(pairs, "c", "r2");
			request(pairs, "d", "r3");
			request(pairs, "e", "r4");
			context.getBean(Workqueues.class).thaw();
			calls(context).awaitExactly("[a, b] r1", "[c, d] r2", "[e] r4");
		});
	}

	@Test
	void aKeyThatIsDueLaterKeepsTheContextInWhichItWasArmed() {
		this.runner.run((context) -> {
			KeyedWork<String> late = WorkqueueRunner.keyed(context, "late");
			MDC.put("request", "r1");
			late.schedule("a", Duration.ofMinutes(20));
			MDC.put("request", "r2");
			late.schedule("b", Duration.ofMinutes(40));
			MDC.clear();
			late.flush("a");
			late.flush("b");
			calls(context).awaitExactly("[a] r1", "[b] r2");
		});
	}

	@Test
	void aKeyThatIsRequestedAgainKeepsTheContextOfTheFirstRequest() {
		this.runner.run((context) -> {
			KeyedWork<String> pairs = WorkqueueRunner.keyed(context, "pairs");
			context.getBean(Workqueues.class).freeze();
			request(pairs, "a", "r1");
			int captured = context.getBean(RequestDecorator.class).captured;
			MDC.put("request", "r2");
			assertThat(pairs.schedule("a")).isFalse();
			assertThat(context.getBean(RequestDecorator.class).captured).isEqualTo(captured);
			context.getBean(Workqueues.class).thaw();
			calls(context).awaitExactly("[a] r1");
		});
	}

	@Test
	void aRetryKeepsTheContextOfItsBatch() {
		this.runner.run((context) -> {
			KeyedWork<String> failing = WorkqueueRunner.keyed(context, "failing");
			context.getBean(Workqueues.class).freeze();
			request(failing, "a", "r1");
			request(failing, "b", "r2");
			context.getBean(Workqueues.class).thaw();
			calls(context).awaitExactly("[a, b] r1");
			await().until(() -> failing.isPending("a"));
			request(failing, "c", "r3");
			assertThat(failing.cancel("a")).isTrue();
			failing.flush("b");
			calls(context).awaitExactly("[a, b] r1", "[b] r1", "[c] r3");
		});
	}

	@Test
	void whatADecoratorThrowsAtTheRequestLeavesTheKeyIdle() {
		this.runner.run((context) -> {
			KeyedWork<String> pairs = WorkqueueRunner.keyed(context, "pairs");
			MDC.put("request", "broken");
			assertThatIllegalStateException().isThrownBy(() -> pairs.schedule("a")).withMessage("no context");
			assertThat(pairs.isPending("a")).isFalse();
			assertThat(pairs.size()).isZero();
		});
	}

	private static void request(KeyedWork<String> work, String key, String request) {
		MDC.put("request", request);
		assertThat(work.schedule(key)).isTrue();
		MDC.clear();
	}

	private static Calls calls(ApplicationContext context) {
		return context.getBean(Calls.class);
	}

	/** Carries the name of a request along. */
	static class RequestDecorator implements TaskDecorator {

		private volatile int captured;

		@Override
		public Runnable decorate(Runnable task) {
			String request = MDC.get("request");
			if ("broken".equals(request)) {
				throw new IllegalStateException("no context");
			}
			this.captured++;
			return () -> {
				MDC.put("request", request);
				try {
					task.run();
				}
				finally {
					MDC.clear();
				}
			};
		}

	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@Work(name = "pairs", queue = "system_freezable_wq", batchSize = 2)
		void pairs(List<String> keys) {
			note(keys);
		}

		@DelayedWork(name = "late", delay = "1h", batchSize = 2)
		void late(List<String> keys) {
			note(keys);
		}

		@Work(name = "failing", queue = "system_freezable_wq", batchSize = 2, maxAttempts = "2", backoff = "1h")
		void failing(List<String> keys) {
			note(keys);
			if (this.calls.all().size() == 1) {
				throw new IllegalStateException("the first fails");
			}
		}

		private void note(List<String> keys) {
			this.calls.add(keys + " " + MDC.get("request"));
		}

	}

}
