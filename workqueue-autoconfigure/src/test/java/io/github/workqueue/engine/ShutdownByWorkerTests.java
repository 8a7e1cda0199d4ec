package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A work that ends its engine waits for all others but those that wait for it. */
class ShutdownByWorkerTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final LogCapture log = this.engines.closing(new LogCapture());

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(8));

	private final EngineWorkqueue system = this.engine.own(this.engine.get("system_wq"));

	private final Gate gate = this.engines.gate();

	private final Gate ended = this.engines.gate();

	private @Nullable WorkItem end;

	private final AtomicInteger runs = new AtomicInteger();

	@Test
	void worksOfItsOwnQueueThatNeedNotWaitForItRunBefore() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 4);
		endBy(queue);
		for (int i = 0; i < 3; i++) {
			Engines.queue(this.engine, queue, "other" + i, (work) -> this.runs.incrementAndGet());
		}
		this.gate.letGo(1);
		awaitEnd();
		assertThat(this.runs).hasValue(3);
		assertThat(this.log.containing("never ran")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ordered", "one at a time", "BH" })
	void worksThatWaitForItAreCancelledAndOthersRun(String kind) throws Exception {
		Workqueue queue = switch (kind) {
			case "ordered" -> this.engine.allocOrdered("queue");
			case "BH" -> this.engine.alloc("queue", 0, WorkqueueFlag.BH);
			default -> this.engine.alloc("queue", 1);
		};
		endBy(queue);
		Engines.queue(this.engine, queue, "behind", (work) -> this.runs.addAndGet(100));
		Engines.queue(this.engine, "other", (work) -> this.runs.incrementAndGet());
		this.gate.letGo(1);
		awaitEnd();
		assertThat(this.runs).hasValue(1);
		assertThat(this.log.containing("behind")).hasSize(1);
	}

	@Test
	void aSecondShutdownByAWorkerWaitsForNothing() throws Exception {
		Gate second = this.engines.gate();
		Engines.queue(this.engine, "second", (work) -> {
			second.handle(work);
			this.engine.shutdown();
		});
		second.awaitStarts(1);
		endBy(this.engine.alloc("queue", 1));
		this.gate.letGo(1);
		Engines.until("the engine closes", this::isClosing);
		assertThat(this.ended.hasStarted()).isFalse();
		second.letGo(1);
		awaitEnd();
	}

	/**
	 * Story of flushes that returned early, and a drain that burned a CPU and had no
	 * limit.
	 */
	@Test
	void whoWaitsForItsQueueWaitsForItToo() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 4);
		Gate other = this.engines.gate();
		Engines.queue(this.engine, "other", other);
		other.awaitStarts(1);
		endBy(queue);
		FutureTask<Boolean> flush = Engines.async(() -> queue.flush(Engines.PATIENCE));
		Engines.untilWaiting(List.of(flush));
		this.gate.letGo(1);
		Engines.until("the engine closes", this::isClosing);
		assertThat(queue.drain(Duration.ofMillis(1))).isFalse();
		assertThat(flush).as("flush").isNotDone();
		assertThat(this.log.containing("isn't complete")).isEmpty();
		other.open();
		awaitEnd();
		assertThat(Engines.get(flush)).isTrue();
	}

	@Test
	void aBhWorkWaitsForNoOtherQueueOfItsThread() throws Exception {
		Workqueue bh = this.engine.alloc("bh", 0, WorkqueueFlag.BH);
		endBy(this.engine.get("system_bh_wq"));
		Engines.queue(this.engine, bh, "behind", (work) -> this.runs.incrementAndGet());
		long before = System.nanoTime();
		this.gate.letGo(1);
		awaitEnd();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
		assertThat(this.log.containing("behind")).hasSize(1);
	}

	private void awaitEnd() throws InterruptedException {
		this.ended.awaitStarts(1);
		Engines.until("its worker has let go of it", () -> !Objects.requireNonNull(this.end).isRunning());
	}

	private boolean isClosing() {
		return this.system.gate().state() == QueueGate.State.CLOSING;
	}

	private void endBy(Workqueue queue) throws InterruptedException {
		this.end = Engines.queue(this.engine, queue, "end", (work) -> {
			this.gate.handle(work);
			this.engine.shutdown();
			this.ended.enter();
		});
		this.gate.awaitStarts(1);
	}

}
