package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A queue of a soak with its items, and every call that can be made on them.
 * <p>
 * Only some items are moved and only others are disabled: of an item that may be
 * disabled, the answer of {@code modify} does not tell whether an instance was accepted.
 */
final class SoakQueue {

	private static final int ITEMS = 4;

	private static final int KEYS = 1_000_000;

	private final SoakBooks books;

	private final boolean bh;

	private final List<DelayedWorkItem> moved = new ArrayList<>();

	private final List<DelayedWorkItem> disabled = new ArrayList<>();

	final Workqueue queue;

	final KeyedWork<Integer> keyed;

	SoakQueue(WorkqueueEngine engine, Workqueue queue, SoakBooks books, SoakHandlers handlers) {
		this.queue = queue;
		this.books = books;
		this.bh = queue.maxActive() == 0;
		for (int i = 0; i < ITEMS; i++) {
			SoakBooks.Body body = this.bh ? SoakHandlers::nothing : handlers.of(i);
			this.moved.add(engine.initDelayedWork("moved-" + i, queue, (work) -> books.run(work, body)));
			this.disabled.add(engine.initDelayedWork("disabled-" + i, queue, (work) -> books.run(work, body)));
		}
		this.keyed = engine.initKeyedWork("keyed", queue,
				(key) -> books.run(queue.name() + '/' + key, SoakHandlers::nothing));
	}

	void call(SplittableRandom random) throws InterruptedException {
		this.books.operation();
		switch (random.nextInt(20)) {
			case 0, 1, 2, 3, 4, 5 -> callMoved(any(this.moved, random), random);
			case 6, 7, 8, 9, 10, 11 -> callDisabled(any(this.disabled, random), random);
			case 12, 13, 14, 15 -> callKeyed(random.nextInt(KEYS), random);
			case 16 -> callKeyed(random.nextInt(ITEMS), random);
			case 17 -> this.books.accepted(execute(new CountDownLatch(0)));
			case 18 -> changeLimit(1 + random.nextInt(8));
			default -> callRarely(random);
		}
	}

	private static DelayedWorkItem any(List<DelayedWorkItem> items, SplittableRandom random) {
		return items.get(random.nextInt(ITEMS));
	}

	private void callMoved(DelayedWorkItem item, SplittableRandom random) throws InterruptedException {
		switch (random.nextInt(7)) {
			case 0, 1 -> this.books.accepted(item.schedule());
			case 2 -> this.books.accepted(item.schedule(delay(random)));
			case 3 -> this.books.accepted(item.debounce(delay(random), delay(random)));
			case 4 -> this.books.accepted(!item.modify(delay(random)));
			case 5 -> this.books.accepted(!item.modify(Duration.ZERO));
			default -> this.books.cancelled(item.cancel());
		}
	}

	private void callDisabled(DelayedWorkItem item, SplittableRandom random) throws InterruptedException {
		switch (random.nextInt(8)) {
			case 0, 1 -> this.books.accepted(item.schedule());
			case 2 -> this.books.accepted(this.queue.queueOn(1, item));
			case 3 -> this.books.accepted(item.schedule(delay(random)));
			case 4 -> item.flush();
			case 5 -> this.books.cancelled(item.cancelSync());
			case 6 -> disable(item);
			default -> disableAndQueue(item);
		}
	}

	private void disable(DelayedWorkItem item) {
		this.books.cancelled(item.disable());
		item.enable();
	}

	private void disableAndQueue(DelayedWorkItem item) throws InterruptedException {
		this.books.cancelled(item.disableSync());
		this.books.accepted(item.enableAndQueue(this.queue));
	}

	private void callKeyed(int key, SplittableRandom random) throws InterruptedException {
		switch (random.nextInt(6)) {
			case 0, 1 -> this.books.accepted(this.keyed.schedule(key));
			case 2 -> this.books.accepted(this.keyed.schedule(key, delay(random)));
			case 3 -> this.books.accepted(!this.keyed.modify(key, delay(random)));
			case 4 -> this.books.cancelled(this.keyed.cancel(key));
			default -> this.keyed.flush(key);
		}
	}

	private static Duration delay(SplittableRandom random) {
		return Duration.ofNanos(random.nextInt(3_000_000));
	}

	private void changeLimit(int limit) {
		if (!this.bh && !this.queue.isOrdered()) {
			this.queue.setMaxActive(limit);
		}
	}

	private void callRarely(SplittableRandom random) throws InterruptedException {
		if (random.nextInt(4) == 0) {
			assertThat(this.queue.flush(Engines.PATIENCE)).as("flush of %s", this.queue).isTrue();
		}
		else if (!this.bh) {
			letWait();
		}
	}

	/** A work that waits for its caller. */
	private void letWait() throws InterruptedException {
		CountDownLatch latch = new CountDownLatch(1);
		this.books.accepted(execute(latch));
		TimeUnit.MICROSECONDS.sleep(500);
		latch.countDown();
	}

	private boolean execute(CountDownLatch latch) {
		this.queue.asExecutor().execute(() -> await(latch));
		return true;
	}

	private void await(CountDownLatch latch) {
		try {
			this.books.run(new Object(), latch::await);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Waits until nothing is pending or running. */
	void drain() throws InterruptedException {
		for (int i = 0; i < ITEMS; i++) {
			this.moved.get(i).flush();
			this.disabled.get(i).flush();
		}
		Engines.until("the keys are forgotten", () -> this.keyed.size() == 0);
		assertThat(this.queue.drain(Engines.PATIENCE)).as("drain of %s", this.queue).isTrue();
	}

}
