package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a full queue refuses leaves no trace in what it has accepted.
 */
class RefusedRequestsTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.plain()
		.withPropertyValues("workqueue.queues.full.type=ordered", "workqueue.queues.full.max-pending=1")
		.withBean(Handlers.class);

	@Test
	void aRetryRunsWhatWasAcceptedNotWhatWasRefused() {
		this.runner.run((context) -> {
			KeyedWork<Order> bill = WorkqueueRunner.keyed(context, "bill");
			Handlers handlers = context.getBean(Handlers.class);
			bill.schedule(new Order(1, "accepted"));
			handlers.awaitEntry();
			context.getBean("filler", WorkItem.class).schedule();
			assertRefused(() -> bill.schedule(new Order(1, "refused")));
			handlers.mayGoOn.countDown();
			context.getBean(Calls.class).awaitExactly("accepted", "accepted");
			await().until(() -> bill.size() == 0);
		});
	}

	@Test
	void aRequestThatIsAcceptedAfterARefusalReplacesTheArgument() {
		this.runner.run((context) -> {
			KeyedWork<Order> bill = WorkqueueRunner.keyed(context, "bill");
			Handlers handlers = context.getBean(Handlers.class);
			WorkItem filler = context.getBean("filler", WorkItem.class);
			bill.schedule(new Order(1, "accepted"));
			handlers.awaitEntry();
			filler.schedule();
			assertRefused(() -> bill.schedule(new Order(1, "refused")));
			assertThat(filler.cancel()).isTrue();
			assertThat(bill.schedule(new Order(1, "later"))).isTrue();
			assertThat(bill.schedule(new Order(1, "latest"))).isFalse();
			handlers.mayGoOn.countDown();
			context.getBean(Calls.class).awaitExactly("accepted", "latest");
		});
	}

	@Test
	void aKeyOfABatchIsRefusedAndForgotten() {
		this.runner.run((context) -> {
			KeyedWork<Order> store = WorkqueueRunner.keyed(context, "store");
			Handlers handlers = context.getBean(Handlers.class);
			store.schedule(new Order(1, "accepted"));
			handlers.awaitEntry();
			context.getBean("filler", WorkItem.class).schedule();
			assertRefused(() -> store.schedule(new Order(1, "refused")));
			assertThat(store.isPending(new Order(1, "any"))).isFalse();
			handlers.mayGoOn.countDown();
			context.getBean(Calls.class).awaitExactly(List.of("accepted"), List.of("accepted"));
			await().until(() -> store.size() == 0);
		});
	}

	@Test
	void aPendingKeyOfABatchIsNotRefused() {
		this.runner.run((context) -> {
			KeyedWork<Order> calm = WorkqueueRunner.keyed(context, "calm");
			Handlers handlers = context.getBean(Handlers.class);
			calm.schedule(new Order(1, "first"));
			handlers.awaitEntry();
			context.getBean("filler", WorkItem.class).schedule();
			assertThat(calm.schedule(new Order(2, "second"))).as("of a timer, beyond the limit").isTrue();
			await().until(() -> !calm.schedule(new Order(2, "latest")));
			handlers.mayGoOn.countDown();
			context.getBean(Calls.class).awaitExactly(List.of("first"), List.of("latest"));
		});
	}

	private static void assertRefused(Runnable request) {
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(request::run).withMessageContaining("full");
	}

	record Order(int id, String note) {
	}

	static class Handlers {

		final CountDownLatch mayGoOn = new CountDownLatch(1);

		private final CountDownLatch entered = new CountDownLatch(1);

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		void awaitEntry() throws InterruptedException {
			assertThat(this.entered.await(20, TimeUnit.SECONDS)).isTrue();
		}

		@Work(name = "bill", key = "#order.id", queue = "full", maxAttempts = "3", backoff = "1ms")
		void bill(Order order) throws InterruptedException {
			this.calls.add(order.note());
			failFirst();
		}

		@Work(name = "store", key = "id", queue = "full", batchSize = 5, maxAttempts = "3", backoff = "1ms")
		void store(List<Order> orders) throws InterruptedException {
			this.calls.add(orders.stream().map(Order::note).toList());
			failFirst();
		}

		@DelayedWork(name = "calm", delay = "1ms", debounce = true, key = "id", queue = "full", batchSize = 5)
		void calm(List<Order> orders) throws InterruptedException {
			this.calls.add(orders.stream().map(Order::note).toList());
			this.entered.countDown();
			this.mayGoOn.await(20, TimeUnit.SECONDS);
		}

		@Work(name = "filler", queue = "full")
		void filler() {
		}

		private void failFirst() throws InterruptedException {
			if (this.entered.getCount() > 0) {
				this.entered.countDown();
				this.mayGoOn.await(20, TimeUnit.SECONDS);
				throw new IllegalStateException("the first fails");
			}
		}

	}

}
