package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkqueueState;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests, timers and interrupts while a queue drains or is destroyed behind an item
 * that still runs.
 */
class ClosingQueueTests {

	private static final Duration DELAY = Duration.ofMinutes(10);

	@RegisterExtension
	final Engines engines = new Engines();

	private final ManualTime time = new ManualTime();

	private final WorkqueueEngine engine = this.engines
		.start(Engines.settings(1).timeSource(this.time).watchdogThreshold(Duration.ZERO));

	private final Workqueue queue = this.engine.alloc("queue", 1);

	private final Gate gate = this.engines.gate();

	private final AtomicInteger runs = new AtomicInteger();

	private final DelayedWorkItem item = this.engine.initDelayedWork("item", this.queue,
			(work) -> this.runs.incrementAndGet());

	@BeforeEach
	void keepBusy() throws Exception {
		this.queue.queue(this.engine.initWork("ahead", this.gate));
		this.gate.awaitStarts(1);
	}

	@Test
	void anIdleItemIsRefusedAndStaysIdle() throws Exception {
		FutureTask<Void> drain = drain();
		assertRefused(this.item::schedule);
		assertRefused(() -> this.item.schedule(DELAY));
		assertRefused(() -> this.item.modify(DELAY));
		assertRefused(() -> this.item.modify(Duration.ZERO));
		assertRefused(() -> this.item.debounce(DELAY, null));
		assertThat(this.item.isPending()).isFalse();
		end(drain);
		assertThat(this.runs).hasValue(0);
	}

	@Test
	void aPendingOrDisabledItemIsNotRefusedButFalse() throws Exception {
		this.item.schedule();
		WorkItem disabled = this.engine.initWork("disabled", this.queue, (work) -> this.runs.incrementAndGet());
		disabled.disable();
		FutureTask<Void> drain = drain();
		assertThat(this.item.schedule()).isFalse();
		assertThat(this.item.schedule(DELAY)).isFalse();
		assertThat(disabled.schedule()).isFalse();
		end(drain);
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void aRefusedMoveLeavesThePendingInstance() throws Exception {
		this.item.schedule();
		FutureTask<Void> drain = drain();
		assertRefused(() -> this.item.modify(DELAY));
		assertRefused(() -> this.item.modify(Duration.ZERO));
		end(drain);
		assertThat(this.runs).hasValue(1);
		assertThat(this.item.isPending()).isFalse();
	}

	@Test
	void aRefusedEnableAndQueueLeavesTheDepth() throws Exception {
		this.item.disable();
		FutureTask<Void> drain = drain();
		assertRefused(() -> this.item.enableAndQueue(this.queue));
		assertThat(depth()).isEqualTo(1);
		this.item.disable();
		assertThat(this.item.enableAndQueue(this.queue)).as("would not have queued").isFalse();
		assertThat(depth()).isEqualTo(1);
		end(drain);
		assertThat(this.runs).hasValue(0);
	}

	@Test
	void aTimerThatIsDueDuringTheDrainRunsWithin() throws Exception {
		this.item.schedule(DELAY);
		FutureTask<Void> drain = drain();
		passDelay();
		end(drain);
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void aDrainDoesNotWaitForATimerThatIsNotDue() throws Exception {
		this.item.schedule(DELAY);
		end(drain());
		assertThat(this.runs).hasValue(0);
		assertThat(this.item.isPending()).isTrue();
		this.time.advance(DELAY);
		Engines.until("the item has run", () -> this.runs.get() == 1);
	}

	@Test
	void aDrainWhoseTimeRunsOutSaysSoAndLeavesTheQueueOpen() throws Exception {
		assertThat(this.queue.drain(Duration.ZERO)).isFalse();
		assertThat(state()).isEqualTo(WorkqueueState.ACTIVE);
		this.gate.open();
		assertThat(this.queue.drain(DELAY)).isTrue();
	}

	@Test
	void destroyRunsTimersThatAreDueMeanwhileAndNamesTheOthers() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		DelayedWorkItem late = this.engine.initDelayedWork("late", this.queue, (work) -> this.runs.addAndGet(100));
		this.item.schedule(DELAY);
		late.schedule(DELAY.multipliedBy(2));
		FutureTask<Void> destroy = closing(this.queue::destroy);
		passDelay();
		end(destroy);
		this.time.advance(DELAY.multipliedBy(2));
		assertThat(this.runs).hasValue(1);
		assertThat(late.isPending()).isFalse();
		assertThat(log.containing("'queue' was destroyed")).singleElement()
			.asString()
			.contains("1 accepted works", "late")
			.doesNotContain("item");
	}

	@Test
	void theQueueIsUsableOnlyWhenTheLastDrainHasEnded() throws Exception {
		FutureTask<Void> drain = drain();
		AtomicReference<Thread> thread = new AtomicReference<>();
		FutureTask<Boolean> interrupted = interruptible(thread, this.queue::drain);
		thread.get().interrupt();
		assertThat(Engines.get(interrupted)).as("interrupted").isTrue();
		assertRefused(this.item::schedule);
		end(drain);
		assertThat(this.item.schedule()).isTrue();
	}

	@Test
	void anInterruptedDestroyLeavesTheQueueAsItWas() throws Exception {
		AtomicReference<Thread> thread = new AtomicReference<>();
		FutureTask<Boolean> interrupted = interruptible(thread, this.queue::destroy);
		Engines.until("the queue drains", () -> state() == WorkqueueState.DRAINING);
		thread.get().interrupt();
		assertThat(Engines.get(interrupted)).as("interrupted").isTrue();
		assertThat(state()).isEqualTo(WorkqueueState.ACTIVE);
		assertThat(this.item.schedule()).isTrue();
	}

	private FutureTask<Void> drain() {
		return closing(this.queue::drain);
	}

	private FutureTask<Void> closing(Wait wait) {
		FutureTask<Void> task = Engines.async(() -> {
			wait.await();
			return null;
		});
		Engines.until("the queue drains", () -> state() == WorkqueueState.DRAINING);
		return task;
	}

	/** Returns true if the wait was interrupted. */
	private static FutureTask<Boolean> interruptible(AtomicReference<Thread> thread, Wait wait) {
		FutureTask<Boolean> task = Engines.async(() -> {
			thread.set(Thread.currentThread());
			try {
				wait.await();
				return false;
			}
			catch (InterruptedException ex) {
				return true;
			}
		});
		Engines.until("the thread runs", () -> thread.get() != null);
		return task;
	}

	private void end(FutureTask<Void> task) throws Exception {
		assertThat(task).isNotDone();
		this.gate.open();
		Engines.get(task);
	}

	/** Lets the item's timer fire. */
	private void passDelay() {
		this.time.advance(DELAY);
		Engines.until("the item is queued", () -> WorkState.isQueued(((EngineWorkItem) this.item).word()));
	}

	private static void assertRefused(Callable<Boolean> call) {
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(call::call)
			.withMessage("work 'item' was not queued: workqueue 'queue' is DRAINING");
	}

	private int depth() {
		return WorkState.depth(((EngineWorkItem) this.item).word());
	}

	private WorkqueueState state() {
		return this.engine.inspectWorkqueue("queue").orElseThrow().state();
	}

	/** A call that waits. */
	private interface Wait {

		void await() throws InterruptedException;

	}

}
