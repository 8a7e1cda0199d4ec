package io.github.workqueue.foreign;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code delaying_queue_test.go} of client-go. {@code AddAfter} is a request for a key
 * with a delay.
 * <p>
 * One rule differs: there the earlier of two deadlines wins. Here the first one stays, as
 * in the kernel, and {@code modify} makes the last one win; {@link #deduping} shows both.
 */
class ClientGoDelayingQueueTests {

	private final ManualTime time = new ManualTime();

	private final WorkqueueEngine engine = ForeignEngine.start(1, this.time);

	private final Workqueue queue = this.engine.allocOrdered("queue");

	private final List<String> runs = new CopyOnWriteArrayList<>();

	private final KeyedWork<String> keyed = this.engine.initKeyedWork("keyed", this.queue, this.runs::add);

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void simpleQueue() throws Exception {
		this.keyed.schedule("foo", millis(50));
		assertRuns();
		this.time.advance(millis(49));
		assertRuns();
		this.time.advance(millis(11));
		awaitRuns("foo");
		this.time.advance(Duration.ofSeconds(10));
		assertRuns("foo");
		assertThat(this.keyed.size()).isZero();
	}

	@Test
	void deduping() throws Exception {
		assertThat(this.keyed.schedule("foo", millis(50))).isTrue();
		assertThat(this.keyed.schedule("foo", millis(70))).isFalse();
		this.time.advance(millis(60));
		awaitRuns("foo");
		this.time.advance(millis(20));
		assertRuns("foo");
		this.keyed.schedule("foo", millis(50));
		assertThat(this.keyed.schedule("foo", millis(30))).as("the first deadline stays").isFalse();
		this.time.advance(millis(40));
		assertRuns("foo");
		assertThat(this.keyed.modify("foo", millis(5))).as("the last deadline wins").isTrue();
		this.time.advance(millis(5));
		awaitRuns("foo", "foo");
		this.time.advance(millis(20));
		assertRuns("foo", "foo");
	}

	/** The end of {@code TestDeduping}: a delayed request while the key is processed. */
	@Test
	void dedupingWhileProcessing() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		KeyedWork<String> slow = this.engine.initKeyedWork("slow", this.queue, (key) -> {
			this.runs.add(key);
			begun.countDown();
			ForeignEngine.await(done);
		});
		slow.schedule("foo");
		ForeignEngine.await(begun);
		assertThat(slow.schedule("foo", millis(5))).isTrue();
		assertThat(slow.isPending("foo")).isTrue();
		done.countDown();
		assertRuns("foo");
		this.time.advance(millis(5));
		awaitRuns("foo", "foo");
	}

	@Test
	void addTwoFireEarly() throws Exception {
		this.keyed.schedule("foo", Duration.ofSeconds(1));
		this.keyed.schedule("bar", millis(50));
		assertRuns();
		this.time.advance(millis(60));
		awaitRuns("bar");
		this.keyed.schedule("baz", Duration.ofSeconds(2));
		this.time.advance(Duration.ofSeconds(1));
		awaitRuns("bar", "foo");
		this.time.advance(Duration.ofSeconds(2));
		awaitRuns("bar", "foo", "baz");
	}

	@Test
	void copyShifting() throws Exception {
		this.keyed.schedule("foo", Duration.ofSeconds(1));
		this.keyed.schedule("bar", millis(500));
		this.keyed.schedule("baz", millis(250));
		assertRuns();
		this.time.advance(Duration.ofSeconds(2));
		awaitRuns("baz", "bar", "foo");
	}

	private void awaitRuns(String... expected) {
		ForeignEngine.until("the timer has fired", () -> this.runs.size() >= expected.length);
		assertThat(this.runs).containsExactly(expected);
	}

	/**
	 * Nothing more has run: what is due stands in the queue before what comes due last.
	 */
	private void assertRuns(String... expected) throws InterruptedException {
		CountDownLatch last = new CountDownLatch(1);
		DelayedWorkItem tick = this.engine.initDelayedWork("tick", this.queue, (work) -> last.countDown());
		tick.schedule(Duration.ofNanos(1));
		this.time.advance(Duration.ofNanos(1));
		ForeignEngine.await(last);
		assertThat(this.runs).containsExactly(expected);
	}

	private static Duration millis(long millis) {
		return Duration.ofMillis(millis);
	}

}
