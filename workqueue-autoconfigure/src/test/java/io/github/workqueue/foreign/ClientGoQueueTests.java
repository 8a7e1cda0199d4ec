package io.github.workqueue.foreign;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.foreign.ForeignEngine.Elsewhere;
import io.github.workqueue.snapshot.WorkqueueState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@code queue_test.go} of client-go, over {@link KeyedWork}: {@code Add} is a request
 * for a key, {@code Get} the start of its handler, {@code Done} the handler's end,
 * {@code ShutDownWithDrain} is {@code drain} and {@code destroy}.
 * <p>
 * {@code ShutDown} has no exact counterpart: it leaves running items alone and returns.
 * Here nobody can throw a queue away under its running handlers; what comes nearest is a
 * drain that waits for no time, or whose wait is interrupted.
 */
class ClientGoQueueTests {

	private static final int PRODUCERS = 50;

	private static final int CONSUMERS = 10;

	private final WorkqueueEngine engine = ForeignEngine.start(2);

	private final Workqueue queue = this.engine.alloc("queue", CONSUMERS, WorkqueueFlag.UNBOUND,
			WorkqueueFlag.FREEZABLE);

	private final Semaphore begun = new Semaphore(0);

	private final Semaphore done = new Semaphore(0);

	private final AtomicInteger ended = new AtomicInteger();

	/** Says that it has begun and waits for the test to say that it is done. */
	private final KeyedWork<String> gated = this.engine.initKeyedWork("gated", this.queue, (key) -> {
		this.begun.release();
		this.done.acquire();
		this.ended.incrementAndGet();
	});

	@AfterEach
	void close() {
		this.done.release(1000);
		this.engine.thaw();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void basic(ShutDown shutDown) throws Exception {
		Map<Integer, AtomicInteger> inside = new ConcurrentHashMap<>();
		Map<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
		AtomicInteger overlaps = new AtomicInteger();
		KeyedWork<Integer> keyed = this.engine.initKeyedWork("keyed", this.queue, (key) -> {
			AtomicInteger mine = inside.computeIfAbsent(key, (none) -> new AtomicInteger());
			overlaps.addAndGet(mine.getAndIncrement());
			runs.computeIfAbsent(key, (none) -> new AtomicInteger()).incrementAndGet();
			mine.decrementAndGet();
		});
		int[] accepted = produce(keyed, 50);
		shutDown.shutDown(this.queue);
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> keyed.schedule(-1));
		awaitForgotten(keyed);
		assertThat(overlaps).as("runs of a key beside themselves").hasValue(0);
		for (int i = 0; i < PRODUCERS; i++) {
			assertThat(runs.get(i)).as("runs of %d", i).hasValue(accepted[i]);
		}
		assertThat(runs).doesNotContainKey(-1);
	}

	/**
	 * Each of several threads requests a key of its own; tells how often each was taken.
	 */
	private static int[] produce(KeyedWork<Integer> keyed, int requests) throws Exception {
		List<Elsewhere<Integer>> producers = new ArrayList<>();
		for (int i = 0; i < PRODUCERS; i++) {
			int key = i;
			producers.add(ForeignEngine.elsewhere(() -> {
				int taken = 0;
				for (int j = 0; j < requests; j++) {
					taken += keyed.schedule(key) ? 1 : 0;
				}
				return taken;
			}));
		}
		int[] accepted = new int[PRODUCERS];
		for (int i = 0; i < PRODUCERS; i++) {
			accepted[i] = producers.get(i).get();
			assertThat(accepted[i]).isPositive();
		}
		return accepted;
	}

	@ParameterizedTest
	@EnumSource
	void addWhileProcessing(ShutDown shutDown) throws Exception {
		Map<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
		List<KeyedWork<Integer>> self = new ArrayList<>();
		self.add(this.engine.initKeyedWork("keyed", this.queue, (key) -> {
			if (runs.computeIfAbsent(key, (none) -> new AtomicInteger()).incrementAndGet() < 2) {
				assertThat(self.get(0).schedule(key)).isTrue();
			}
		}));
		produce(self.get(0), 1);
		shutDown.shutDown(this.queue);
		awaitForgotten(self.get(0));
		assertThat(runs).hasSize(PRODUCERS);
		assertThat(runs.values()).allMatch((count) -> count.get() == 2);
	}

	@Test
	void find() throws Exception {
		assertThat(isThere("foo")).isFalse();
		this.engine.freeze();
		this.gated.schedule("foo");
		assertThat(this.gated.isPending("foo")).isTrue();
		assertThat(this.gated.isRunning("foo")).isFalse();
		this.engine.thaw();
		awaitBegun(1);
		assertThat(this.gated.isPending("foo")).isFalse();
		assertThat(this.gated.isRunning("foo")).isTrue();
		this.done.release();
		this.queue.flush();
		assertThat(isThere("foo")).isFalse();
	}

	private boolean isThere(String key) {
		return this.gated.isPending(key) || this.gated.isRunning(key);
	}

	@Test
	void len() {
		this.engine.freeze();
		this.gated.schedule("foo");
		assertThat(this.gated.size()).isEqualTo(1);
		this.gated.schedule("bar");
		assertThat(this.gated.size()).isEqualTo(2);
		assertThat(this.gated.schedule("foo")).isFalse();
		assertThat(this.gated.size()).isEqualTo(2);
	}

	@Test
	void reinsert() throws Exception {
		this.gated.schedule("foo");
		awaitBegun(1);
		assertThat(this.gated.schedule("foo")).isTrue();
		assertThat(this.gated.schedule("foo")).as("once however often").isFalse();
		assertThat(this.begun.availablePermits()).as("not beside itself").isZero();
		this.done.release();
		awaitBegun(1);
		this.done.release();
		this.queue.flush();
		assertThat(this.ended).hasValue(2);
		awaitForgotten(this.gated);
	}

	@Test
	void queueDrainageUsingShutDownWithDrain() throws Exception {
		Elsewhere<Integer> drain = drainOverTwo();
		this.done.release(2);
		assertThat(drain.get()).as("ended when the drain returned").isEqualTo(2);
	}

	@Test
	void noQueueDrainageUsingShutDown() throws Exception {
		beginTwo();
		assertThat(this.queue.drain(Duration.ZERO)).isFalse();
		assertThat(this.ended).hasValue(0);
	}

	@Test
	void forceQueueShutdownUsingShutDown() throws Exception {
		Elsewhere<Integer> drain = drainOverTwo();
		drain.thread().interrupt();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(drain::get)
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(this.ended).hasValue(0);
	}

	@Test
	void queueDrainageUsingShutDownWithDrainWithDirtyItem() throws Exception {
		this.gated.schedule("foo");
		awaitBegun(1);
		this.gated.schedule("foo");
		Elsewhere<Integer> drain = drain();
		this.done.release();
		awaitBegun(1);
		assertThat(drain.task().isDone()).isFalse();
		this.done.release();
		assertThat(drain.get()).as("ended when the drain returned").isEqualTo(2);
	}

	/** Keys that have been there may be garbage collected. */
	@Test
	void garbageCollection() throws Exception {
		KeyedWork<Object> keyed = this.engine.initKeyedWork("keyed", this.queue, (key) -> {
		});
		WeakReference<Object> key = scheduleSomethingNew(keyed);
		this.queue.flush();
		ForeignEngine.until("it is collected", () -> {
			System.gc();
			return key.get() == null;
		});
		assertThat(keyed.size()).isZero();
	}

	private static WeakReference<Object> scheduleSomethingNew(KeyedWork<Object> keyed) {
		Object key = new Object();
		keyed.schedule(key);
		return new WeakReference<>(key);
	}

	private Elsewhere<Integer> drainOverTwo() throws InterruptedException {
		beginTwo();
		return drain();
	}

	private void beginTwo() throws InterruptedException {
		this.gated.schedule("foo");
		this.gated.schedule("bar");
		awaitBegun(2);
	}

	/** Begins to drain; the answer is how many handlers had ended afterwards. */
	private Elsewhere<Integer> drain() {
		Elsewhere<Integer> drain = ForeignEngine.elsewhere(() -> {
			this.queue.drain();
			return this.ended.get();
		});
		ForeignEngine.until("the queue drains",
				() -> this.engine.inspectWorkqueue("queue").orElseThrow().state() == WorkqueueState.DRAINING);
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> this.gated.schedule("late"));
		return drain;
	}

	/**
	 * The size is advisory: a key is forgotten a moment after whoever flushes goes on.
	 */
	private static void awaitForgotten(KeyedWork<?> keyed) {
		ForeignEngine.until("no key is left", () -> keyed.size() == 0);
	}

	private void awaitBegun(int count) throws InterruptedException {
		assertThat(this.begun.tryAcquire(count, ForeignEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS))
			.as("%d have begun", count)
			.isTrue();
	}

	/** The ways to end a queue. */
	enum ShutDown {

		DESTROY, DRAIN_AND_DESTROY;

		void shutDown(Workqueue queue) throws InterruptedException {
			if (this == DRAIN_AND_DESTROY) {
				queue.drain();
			}
			queue.destroy();
		}

	}

	/**
	 * {@code parallelizer_test.go}: each piece is processed once, by several at a time.
	 */
	@ParameterizedTest
	@EnumSource
	void parallelizeUntil(Pieces pieces) throws Exception {
		AtomicInteger[] seen = new AtomicInteger[pieces.count];
		CountDownLatch end = new CountDownLatch(pieces.count);
		for (int i = 0; i < pieces.count; i++) {
			AtomicInteger mine = new AtomicInteger();
			seen[i] = mine;
			this.queue.asExecutor().execute(() -> {
				mine.incrementAndGet();
				end.countDown();
			});
		}
		ForeignEngine.await(end);
		this.queue.flush();
		assertThat(seen).allMatch((count) -> count.get() == 1);
	}

	/** More pieces than workers, and fewer. */
	enum Pieces {

		MANY(1000), FEW(3);

		private final int count;

		Pieces(int count) {
			this.count = count;
		}

	}

}
