package io.github.workqueue.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link SubmissionPublisher} whose subscribers are served by a queue: each gets
 * everything, in order, never beside itself, as fast as it asks.
 */
class Jsr166FlowTests {

	private static final int ITEMS = 500;

	private static final List<Integer> ALL = IntStream.range(0, ITEMS).boxed().toList();

	private final WorkqueueEngine engine = ForeignEngine.start(2);

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void everySubscriberGetsEverythingInOrder(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		List<Subscriber> subscribers = List.of(new Subscriber(1), new Subscriber(ITEMS), new Subscriber(7));
		try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(queue.asExecutor(), 16)) {
			subscribers.forEach(publisher::subscribe);
			ALL.forEach(publisher::submit);
		}
		for (Subscriber subscriber : subscribers) {
			ForeignEngine.await(subscriber.end);
			assertThat(subscriber.items).isEqualTo(ALL);
			assertThat(subscriber.failure).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSubscriberThatFailsEndsAloneAndIsTold(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		Subscriber failing = new Subscriber(1) {

			@Override
			public void onNext(Integer item) {
				throw new IllegalStateException("on purpose");
			}

		};
		Subscriber other = new Subscriber(1);
		try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(queue.asExecutor(), 16)) {
			publisher.subscribe(failing);
			publisher.subscribe(other);
			ALL.forEach(publisher::submit);
		}
		ForeignEngine.await(failing.end);
		ForeignEngine.await(other.end);
		assertThat(failing.failure).hasMessage("on purpose");
		assertThat(other.items).isEqualTo(ALL);
	}

	@ParameterizedTest
	@EnumSource
	void aQueueThatIsGoneRefusesItems(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		Subscriber subscriber = new Subscriber(1);
		SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(queue.asExecutor(), 16);
		publisher.subscribe(subscriber);
		queue.destroy();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> publisher.submit(1));
		assertThat(subscriber.items).isEmpty();
	}

	/**
	 * Asks for some items at a time. Its calls are one after the other, so plain fields
	 * do.
	 */
	private static class Subscriber implements Flow.Subscriber<Integer> {

		final CountDownLatch end = new CountDownLatch(1);

		final List<Integer> items = new ArrayList<>();

		final int batch;

		@Nullable Throwable failure;

		private Flow.@Nullable Subscription subscription;

		Subscriber(int batch) {
			this.batch = batch;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			subscription.request(this.batch);
		}

		@Override
		public void onNext(Integer item) {
			this.items.add(item);
			if (this.subscription != null && this.items.size() % this.batch == 0) {
				this.subscription.request(this.batch);
			}
		}

		@Override
		public void onError(Throwable failure) {
			this.failure = failure;
			this.end.countDown();
		}

		@Override
		public void onComplete() {
			this.end.countDown();
		}

	}

}
