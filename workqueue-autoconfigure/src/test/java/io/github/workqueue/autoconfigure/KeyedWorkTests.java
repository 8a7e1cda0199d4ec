package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkqueueDeadlockException;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Keys that are computed, and batches of keys.
 */
class KeyedWorkTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.plain()
		.withPropertyValues("workqueue.queues.one.type=ordered")
		.withBean(Gate.class)
		.withUserConfiguration(Handlers.class);

	@Test
	void theLatestArgumentOfAKeyWins() {
		this.runner.run((context) -> {
			KeyedWork<Order> bill = WorkqueueRunner.keyed(context, "bill");
			Gate gate = context.getBean(Gate.class);
			WorkqueueRunner.keyed(context, "block").schedule("x");
			assertThat(bill.schedule(new Order(1, "first"))).isTrue();
			assertThat(bill.schedule(new Order(2, "other"))).isTrue();
			assertThat(bill.schedule(new Order(1, "second"))).isFalse();
			assertThat(bill.isPending(new Order(1, "any"))).isTrue();
			assertThat(bill.cancel(new Order(2, "any"))).isTrue();
			gate.open();
			context.getBean(Calls.class).awaitExactly(new Order(1, "second"));
			await().until(() -> bill.size() == 0);
			assertThat(bill.schedule(new Order(1, "third"))).isTrue();
			context.getBean(Calls.class).awaitExactly(new Order(1, "second"), new Order(1, "third"));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> WorkqueueRunner.<Order>keyed(context, "byNote").schedule(new Order(1, null)))
				.withMessageContaining("#order.note");
		});
	}

	@Test
	void aBatchTakesWhatIsPendingUpToItsSize() {
		this.runner.run((context) -> {
			KeyedWork<String> store = WorkqueueRunner.keyed(context, "store");
			WorkqueueRunner.keyed(context, "block").schedule("x");
			for (String key : List.of("a", "b", "a", "c", "d", "e")) {
				store.schedule(key);
			}
			assertThat(store.size()).isEqualTo(5);
			assertThat(store.isPending("d")).isTrue();
			assertThat(store.cancel("b")).isTrue();
			assertThat(store.cancel("b")).isFalse();
			context.getBean(Gate.class).open();
			context.getBean(Calls.class).awaitExactly(List.of("a", "c", "d"), List.of("e"));
			await().until(() -> store.size() == 0);
		});
	}

	@Test
	void keysThatWaitForCompanyJoinTheFirstThatIsDue() {
		this.runner.run((context) -> {
			KeyedWork<Integer> collect = WorkqueueRunner.keyed(context, "collect");
			collect.schedule(1);
			collect.schedule(2);
			collect.schedule(3, Duration.ofHours(1));
			assertThat(collect.modify(1, Duration.ZERO)).isTrue();
			context.getBean(Calls.class).awaitExactly(List.of(1, 2));
			assertThat(collect.isPending(3)).isTrue();
			assertThat(collect.flush(3)).isTrue();
			context.getBean(Calls.class).awaitExactly(List.of(1, 2), List.of(3));
			assertThat(collect.flush(3)).isFalse();
		});
	}

	@Test
	void aBatchIsTriedAgainAsAWhole() {
		this.runner.run((context) -> {
			KeyedWork<String> fail = WorkqueueRunner.keyed(context, "fail");
			WorkqueueRunner.keyed(context, "block").schedule("x");
			fail.schedule("a");
			fail.schedule("b");
			context.getBean(Gate.class).open();
			Calls calls = context.getBean(Calls.class);
			calls.awaitExactly(List.of("a", "b"));
			await().until(() -> fail.isPending("a"));
			assertThat(fail.schedule("a")).isFalse();
			assertThat(fail.schedule("c")).isTrue();
			assertThat(fail.flush("b")).isTrue();
			calls.awaitExactly(List.of("a", "b"), List.of("a", "b"), List.of("c"));
			await().until(() -> fail.size() == 0);
		});
	}

	@Test
	void cancellingTheLastKeyOfABatchEndsItsRetry() {
		this.runner.run((context) -> {
			KeyedWork<String> fail = WorkqueueRunner.keyed(context, "fail");
			fail.schedule("a");
			await().until(() -> context.getBean(Calls.class).all().size() == 1 && fail.isPending("a"));
			fail.schedule("b");
			assertThat(fail.cancel("a")).isTrue();
			context.getBean(Calls.class).awaitExactly(List.of("a"), List.of("b"));
			await().until(() -> fail.size() == 0);
		});
	}

	@Test
	void debouncesEachKeyOfABatch() {
		this.runner.run((context) -> {
			KeyedWork<String> calm = WorkqueueRunner.keyed(context, "calm");
			calm.schedule("a");
			calm.schedule("b", Duration.ofHours(1));
			context.getBean(Calls.class).awaitExactly(List.of("a"));
			assertThat(calm.isPending("b")).isTrue();
			assertThat(calm.schedule("b", Duration.ofMillis(1))).isFalse();
			context.getBean(Calls.class).awaitExactly(List.of("a"), List.of("b"));
		});
	}

	@Test
	void aBatchCannotWaitForItself() {
		this.runner.run((context) -> {
			WorkqueueRunner.keyed(context, "waiting").schedule("a");
			context.getBean(Calls.class)
				.awaitExactly(WorkqueueDeadlockException.class, WorkqueueDeadlockException.class);
		});
	}

	record Order(int id, String note) {
	}

	static class Gate {

		private final CountDownLatch latch = new CountDownLatch(1);

		void open() {
			this.latch.countDown();
		}

		void pass() throws InterruptedException {
			this.latch.await(20, TimeUnit.SECONDS);
		}

	}

	static class Handlers {

		private final Calls calls;

		private final Gate gate;

		private final KeyedWork<String> waiting;

		Handlers(Calls calls, Gate gate, KeyedWork<String> waiting) {
			this.calls = calls;
			this.gate = gate;
			this.waiting = waiting;
		}

		@Work(queue = "one")
		void block(String key) throws InterruptedException {
			this.gate.pass();
		}

		@Work(queue = "one", key = "#order.id")
		void bill(Order order) {
			this.calls.add(order);
		}

		@Work(queue = "one", key = "#order.note")
		void byNote(Order order) {
			this.calls.add(order);
		}

		@Work(queue = "one", batchSize = 3)
		void store(List<String> keys) {
			this.calls.add(keys);
		}

		@DelayedWork(delay = "30m", batchSize = 10)
		void collect(List<Integer> keys) {
			this.calls.add(keys);
		}

		@Work(queue = "one", batchSize = 2, maxAttempts = "2", backoff = "1h")
		void fail(List<String> keys) {
			this.calls.add(keys);
			if (this.calls.all().size() == 1) {
				throw new IllegalStateException("the first fails");
			}
		}

		@DelayedWork(delay = "10ms", debounce = true, batchSize = 10)
		void calm(List<String> keys) {
			this.calls.add(keys);
		}

		@Work(batchSize = 2)
		void waiting(List<String> keys) {
			note(() -> this.waiting.flush("a"));
			note(() -> this.waiting.cancelSync("a"));
		}

		private void note(Wait wait) {
			try {
				wait.run();
			}
			catch (Exception ex) {
				this.calls.add(ex.getClass());
			}
		}

	}

	interface Wait {

		void run() throws Exception;

	}

}
