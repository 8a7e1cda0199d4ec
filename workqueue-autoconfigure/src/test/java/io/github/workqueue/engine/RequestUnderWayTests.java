package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkqueueState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A thread has taken an item and is cut off before it pushes it. Another is told "already
 * pending", and waits for what it was told of: no wait may end, and no gate close, as if
 * the item were not there.
 */
@Timeout(60)
class RequestUnderWayTests {

	private static final Duration SHORT = Duration.ofMillis(20);

	@RegisterExtension
	final Engines engines = new Engines();

	private final HeldTime time = this.engines.closing(new HeldTime());

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1)
		.timeSource(this.time)
		.drainTimeout(Duration.ofMinutes(1))
		.watchdogThreshold(Duration.ZERO));

	private final Workqueue queue = this.engine.alloc("queue", 0);

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicBoolean failing = new AtomicBoolean();

	private final DelayedWorkItem item = this.engine.initDelayedWork("item", this.queue, (work) -> {
		if (this.failing.getAndSet(false)) {
			throw new WorkRetryException(Duration.ZERO, new IllegalStateException("once"));
		}
		this.runs.incrementAndGet();
	});

	private final AtomicReference<Thread> waiter = new AtomicReference<>();

	/** Every way of an item from being taken to being pushed, and every wait for it. */
	static Stream<Arguments> waysAndWaits() {
		return Stream.of("queue", "move", "enable", "debounce", "expiry", "flush of an armed item", "retry")
			.flatMap((way) -> Stream
				.of("flush", "flush in time", "drain", "drain in time", "destroy", "close", "item flush")
				.map((wait) -> Arguments.of(way, wait)));
	}

	@ParameterizedTest(name = "{1} after {0}")
	@MethodSource("waysAndWaits")
	void aWaitSeesTheItem(String way, String wait) throws Exception {
		FutureTask<Boolean> taker = cutOff(way);
		assertThat(this.item.schedule()).as("told that it is pending").isFalse();
		FutureTask<Boolean> waiting = waiting(() -> await(wait));
		this.time.letGo();
		assertThat(Engines.get(waiting)).as(wait).isTrue();
		assertThat(this.runs).as("runs when the wait is over").hasValue(1);
		assertThat(Engines.get(taker)).as("the request").isTrue();
	}

	/** Cuts a thread off between taking the item and pushing it. */
	private FutureTask<Boolean> cutOff(String way) throws Exception {
		return switch (way) {
			case "queue" -> cutOff(this.item::schedule);
			case "move" -> {
				this.item.schedule(Duration.ofHours(1));
				yield cutOff(() -> this.item.modify(Duration.ZERO));
			}
			case "enable" -> {
				this.item.disable();
				yield cutOff(() -> this.item.enableAndQueue(this.queue));
			}
			case "debounce" -> cutOff(() -> this.item.debounce(Duration.ZERO, null));
			case "flush of an armed item" -> {
				this.item.schedule(Duration.ofHours(1));
				yield cutOff(() -> this.item.flush());
			}
			case "expiry" -> cutOff("kworkqueue/timer", () -> this.item.schedule(SHORT));
			case "retry" -> {
				this.failing.set(true);
				yield cutOff("kworker/0:", this.item::schedule);
			}
			default -> throw new IllegalArgumentException(way);
		};
	}

	private FutureTask<Boolean> cutOff(Callable<Boolean> request) {
		return cutOff("test-taker", () -> {
			Thread.currentThread().setName("test-taker");
			return request.call();
		});
	}

	private FutureTask<Boolean> cutOff(String thread, Callable<Boolean> request) {
		this.time.hold(thread);
		FutureTask<Boolean> task = Engines.async(request);
		Engines.until("the thread is cut off", this.time::isHolding);
		return task;
	}

	private boolean await(String wait) throws Exception {
		switch (wait) {
			case "flush" -> this.queue.flush();
			case "drain" -> this.queue.drain();
			case "destroy" -> this.queue.destroy();
			case "close" -> this.engine.close();
			case "flush in time" -> {
				return this.queue.flush(Engines.PATIENCE);
			}
			case "drain in time" -> {
				return this.queue.drain(Engines.PATIENCE);
			}
			case "item flush" -> {
				return this.item.flush();
			}
			default -> throw new IllegalArgumentException(wait);
		}
		return true;
	}

	/** Makes a call on a thread of its own, and returns when that waits. */
	private FutureTask<Boolean> waiting(Callable<Boolean> call) {
		FutureTask<Boolean> task = Engines.async(() -> {
			this.waiter.set(Thread.currentThread());
			return call.call();
		});
		Engines.until("the call waits", () -> task.isDone() || isWaiting(this.waiter.get()));
		assertThat(task).as("call").isNotDone();
		return task;
	}

	private static boolean isWaiting(Thread thread) {
		return thread != null
				&& (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cancel", "cancelSync", "disable", "disableSync" })
	void aCancelTakesTheItemAwayWhenItIsThereAndBurnsNoTimeUntilThen(String call) throws Exception {
		FutureTask<Boolean> taker = cutOff("queue");
		FutureTask<Boolean> cancel = waiting(() -> cancel(call));
		this.time.letGo();
		assertThat(Engines.get(taker)).as("accepted").isTrue();
		boolean removed = Engines.get(cancel);
		this.queue.drain();
		assertThat(this.runs.get() + (removed ? 1 : 0)).as("runs or removals").isEqualTo(1);
		assertThat(this.item.isPending()).isFalse();
	}

	private boolean cancel(String call) throws InterruptedException {
		return switch (call) {
			case "cancel" -> this.item.cancel();
			case "cancelSync" -> this.item.cancelSync();
			case "disable" -> this.item.disable();
			case "disableSync" -> this.item.disableSync();
			default -> throw new IllegalArgumentException(call);
		};
	}

	@Test
	void aMoveWaitsUntilTheItemIsThere() throws Exception {
		FutureTask<Boolean> taker = cutOff("queue");
		FutureTask<Boolean> move = waiting(() -> this.item.modify(Duration.ofHours(1)));
		this.time.letGo();
		assertThat(Engines.get(taker)).as("accepted").isTrue();
		boolean moved = Engines.get(move);
		this.queue.drain();
		assertThat(this.runs.get()).as("runs").isEqualTo(moved ? 0 : 1);
		assertThat(this.item.isPending()).as("armed").isTrue();
	}

	@Test
	void timesRunOutWhileTheThreadIsCutOff() throws Exception {
		cutOff("queue");
		assertThat(this.queue.flush(SHORT)).as("flush").isFalse();
		assertThat(this.queue.flush(Duration.ZERO)).as("flush at once").isFalse();
		assertThat(this.queue.drain(SHORT)).as("drain").isFalse();
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> this.item.flush(SHORT));
		assertThat(state()).isEqualTo(WorkqueueState.ACTIVE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flush", "drain", "destroy", "item flush", "cancelSync", "disableSync" })
	void anInterruptEndsTheWaitAndLeavesEverythingAsItWas(String wait) throws Exception {
		FutureTask<Boolean> taker = cutOff("queue");
		FutureTask<Boolean> waiting = waiting(() -> {
			try {
				return wait.contains("Sync") ? cancel(wait) : await(wait);
			}
			catch (InterruptedException ex) {
				return null;
			}
		});
		this.waiter.get().interrupt();
		assertThat(Engines.get(waiting)).as("ended without an interrupt").isNull();
		assertThat(state()).isEqualTo(WorkqueueState.ACTIVE);
		assertThat(Outcome.stateOf((EngineWorkItem) this.item)).isEqualTo("Q");
		this.time.letGo();
		Engines.get(taker);
	}

	@Test
	void aCloseDoesNotWaitLongerThanItsTimeOutAndNamesTheItemLater() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		WorkqueueEngine hurried = this.engines
			.start(Engines.settings(1).timeSource(this.time).drainTimeout(SHORT).watchdogThreshold(Duration.ZERO));
		DelayedWorkItem late = hurried.initDelayedWork("late", (work) -> this.runs.incrementAndGet());
		FutureTask<Boolean> taker = cutOff(late::schedule);
		hurried.close();
		assertThat(log.containing("late")).isEmpty();
		this.time.letGo();
		assertThat(Engines.get(taker)).as("the request was accepted").isTrue();
		assertThat(late.isPending()).isFalse();
		assertThat(this.runs).hasValue(0);
		assertThat(log.containing("late")).singleElement()
			.asString()
			.isEqualTo("the workqueue engine was closed with 1 accepted works that never ran: late");
	}

	@Test
	void anInterruptedCloseEndsAtOnceAndNamesTheItemLater() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		FutureTask<Boolean> taker = cutOff("queue");
		FutureTask<Boolean> close = waiting(() -> {
			this.engine.close();
			return Thread.currentThread().isInterrupted();
		});
		this.waiter.get().interrupt();
		assertThat(Engines.get(close)).as("interrupted still").isTrue();
		this.time.letGo();
		assertThat(Engines.get(taker)).isTrue();
		assertThat(this.item.isPending()).isFalse();
		assertThat(log.containing("never ran: item")).hasSize(1);
	}

	@Test
	void aRequestThatComesWhileTheGateIsClosedIsRefusedAtOnce() throws Exception {
		FutureTask<Boolean> taker = cutOff("queue");
		WorkItem other = this.engine.initWork("other", this.queue, (work) -> this.runs.incrementAndGet());
		FutureTask<Boolean> drain = waiting(() -> await("drain"));
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(other::schedule);
		assertThat(this.item.schedule()).as("pending").isFalse();
		assertThat(other.isPending()).isFalse();
		this.time.letGo();
		Engines.get(drain);
		assertThat(Engines.get(taker)).isTrue();
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void aWorkerThatFlushesAnotherQueueIsReplacedMeanwhile() throws Exception {
		Gate behind = this.engines.gate();
		WorkItem warm = this.engine.initWork("warm", behind.passing());
		warm.schedule();
		warm.flush();
		FutureTask<Boolean> taker = cutOff("queue");
		WorkItem flusher = this.engine.initWork("flusher", (work) -> {
			this.waiter.set(Thread.currentThread());
			this.queue.flush();
		});
		flusher.schedule();
		Engines.until("the worker waits", () -> isWaiting(this.waiter.get()));
		warm.schedule();
		behind.awaitStarts(2);
		assertThat(flusher.isRunning()).isTrue();
		this.time.letGo();
		Engines.get(taker);
		flusher.flush();
		assertThat(this.runs).hasValue(1);
	}

	/** A flush of an armed item is let in while the queue drains. */
	@Test
	void destroyWaitsForWhatWasLetInBeforeTheGateWasClosedForGoodAndKeepsAnInterrupt() throws Exception {
		Gate ahead = this.engines.gate();
		Gate late = this.engines.gate();
		DelayedWorkItem armed = this.engine.initDelayedWork("armed", this.queue, late);
		Engines.queue(this.engine, this.queue, "ahead", ahead);
		ahead.awaitStarts(1);
		armed.schedule(Duration.ofHours(1));
		FutureTask<Boolean> destroy = waiting(() -> {
			this.queue.destroy();
			return Thread.currentThread().isInterrupted();
		});
		Thread destroyer = this.waiter.get();
		FutureTask<Boolean> flush = cutOff(armed::flush);
		ahead.open();
		Engines.until("the gate is closed for good", this::isDestroyed);
		Engines.until("the call waits", () -> destroy.isDone() || isWaiting(destroyer));
		assertThat(destroy).as("while the request is under way").isNotDone();
		this.time.letGo();
		late.awaitStarts(1);
		Engines.until("the call waits", () -> destroy.isDone() || isWaiting(destroyer));
		destroyer.interrupt();
		assertThat(destroy).as("while the item runs").isNotDone();
		late.open();
		assertThat(Engines.get(destroy)).as("interrupted still").isTrue();
		assertThat(Engines.get(flush)).isTrue();
	}

	@Test
	void aTimerThatIsFlushedWhenTheGateIsClosedForGoodIsCancelled() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		Gate ahead = this.engines.gate();
		DelayedWorkItem late = this.engine.initDelayedWork("late", this.queue, (work) -> this.runs.incrementAndGet());
		Engines.queue(this.engine, this.queue, "ahead", ahead);
		ahead.awaitStarts(1);
		this.item.schedule(Duration.ofHours(1));
		late.schedule(Duration.ofHours(1));
		FutureTask<Boolean> destroy = waiting(() -> await("destroy"));
		FutureTask<Boolean> flush = cutOff(this.item::flush);
		ahead.open();
		Engines.until("the gate is closed for good", this::isDestroyed);
		assertThat(late.flush()).as("was pending").isTrue();
		assertThat(late.isPending()).isFalse();
		assertThat(log.containing("work 'late' is due, but workqueue 'queue' is destroyed; it is cancelled"))
			.hasSize(1);
		this.time.letGo();
		assertThat(Engines.get(flush)).isTrue();
		assertThat(Engines.get(destroy)).isTrue();
		assertThat(this.runs).as("runs of what was let in before").hasValue(1);
	}

	@Test
	void anAttemptThatFailsWhenTheEngineIsClosedIsTheLast() throws Exception {
		WorkqueueEngine hurried = this.engines.start(Engines.settings(1).drainTimeout(SHORT));
		Gate gate = this.engines.gate();
		DelayedWorkItem failing = hurried.initDelayedWork("failing", (work) -> {
			gate.handle(work);
			throw new WorkRetryException(Duration.ZERO, new IllegalStateException("again"));
		});
		failing.schedule();
		gate.awaitStarts(1);
		hurried.close();
		gate.open();
		Engines.until("the attempt has ended", () -> !failing.isRunning());
		assertThat(failing.isPending()).isFalse();
		assertThat(((EngineDelayedWorkItem) failing).attempts).isZero();
		assertThat(gate.ended).hasValue(1);
	}

	@Test
	void anAttemptThatFailsWhileItsItemIsDisabledIsTheLast() throws Exception {
		Gate gate = this.engines.gate();
		DelayedWorkItem failing = this.engine.initDelayedWork("failing", (work) -> {
			gate.handle(work);
			throw new WorkRetryException(Duration.ZERO, new IllegalStateException("again"));
		});
		failing.schedule();
		gate.awaitStarts(1);
		assertThat(failing.disable()).as("was pending").isFalse();
		gate.open();
		failing.disableSync();
		assertThat(((EngineDelayedWorkItem) failing).attempts).isZero();
		failing.enable();
		failing.enable();
		assertThat(failing.isPending()).isFalse();
		assertThat(gate.ended).hasValue(1);
	}

	@Test
	void anAttemptThatFailsDuringTheCloseIsRepeatedAtOnceWhateverTheDelay() throws Exception {
		Gate gate = this.engines.gate();
		AtomicInteger attempts = new AtomicInteger();
		DelayedWorkItem failing = this.engine.initDelayedWork("failing", (work) -> {
			gate.handle(work);
			if (attempts.incrementAndGet() == 1) {
				throw new WorkRetryException(Duration.ofHours(1), new IllegalStateException("once"));
			}
		});
		failing.schedule();
		gate.awaitStarts(1);
		FutureTask<Boolean> close = waiting(() -> await("close"));
		gate.open();
		assertThat(Engines.get(close)).isTrue();
		assertThat(attempts).hasValue(2);
		assertThat(failing.isPending()).isFalse();
	}

	private boolean isDestroyed() {
		return this.engine.inspectWorkqueue("queue")
			.map((queue) -> queue.state() == WorkqueueState.DESTROYED)
			.orElse(true);
	}

	private WorkqueueState state() {
		return this.engine.inspectWorkqueue("queue").orElseThrow().state();
	}

}
