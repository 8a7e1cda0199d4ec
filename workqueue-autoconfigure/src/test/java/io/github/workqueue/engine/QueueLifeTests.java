package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueDeadlockException;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.snapshot.WorkqueueState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Flush, drain, destroy, freeze and close of queues. */
class QueueLifeTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final AtomicInteger runs = new AtomicInteger();

	@Test
	void flushIsNotHeldUpByAnItemThatRequeuesItself() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		AtomicReference<Boolean> stop = new AtomicReference<>(false);
		WorkItem endless = engine.initWork("endless", queue, (work) -> {
			this.runs.incrementAndGet();
			if (!stop.get()) {
				work.schedule();
			}
		});
		endless.schedule();
		for (int i = 0; i < 100; i++) {
			assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		}
		stop.set(true);
		assertThat(this.runs.get()).isPositive();
	}

	@Test
	void flushWaitsForAllThatWasQueuedBefore() throws Exception {
		WorkqueueEngine engine = this.engines.start(2);
		Workqueue queue = engine.alloc("queue", 1);
		for (int i = 0; i < 20; i++) {
			queue.queue(engine.initWork("gated" + i, this.gate));
		}
		FutureTask<Boolean> flush = Engines.async(() -> queue.flush(Engines.PATIENCE));
		this.gate.letGo(19);
		Awaitility.await().until(() -> this.gate.ended.get() == 19);
		assertThat(flush.isDone()).isFalse();
		this.gate.letGo(1);
		assertThat(Engines.get(flush)).isTrue();
	}

	@Test
	void drainAcceptsOnlyWhatItsOwnWorkQueues() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		WorkItem child = engine.initWork("child", queue, (work) -> this.runs.incrementAndGet());
		WorkItem parent = engine.initWork("parent", queue, (work) -> {
			this.gate.handle(work);
			child.schedule();
		});
		parent.schedule();
		this.gate.awaitStarts(1);
		FutureTask<Boolean> drain = Engines.async(() -> queue.drain(Engines.PATIENCE));
		Awaitility.await().until(() -> state(engine) == WorkqueueState.DRAINING);
		WorkItem stranger = engine.initWork("stranger", queue, this.gate);
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(stranger::schedule)
			.withMessageContainingAll("stranger", "queue");
		assertThat(stranger.isPending()).isFalse();
		this.gate.letGo(1);
		assertThat(Engines.get(drain)).isTrue();
		assertThat(this.runs).hasValue(1);
		assertThat(stranger.schedule()).as("usable again").isTrue();
	}

	@Test
	void aWorkOfAnotherQueueIsRefusedWhileAQueueDrains() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		queue.queue(engine.initWork("running", this.gate));
		this.gate.awaitStarts(1);
		FutureTask<Boolean> drain = Engines.async(() -> queue.drain(Engines.PATIENCE));
		Awaitility.await().until(() -> state(engine) == WorkqueueState.DRAINING);
		WorkItem stranger = engine.initWork("stranger", queue, this.gate);
		FutureTask<Void> request = new FutureTask<>(() -> {
			assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(stranger::schedule);
			return null;
		});
		engine.get("system_wq").asExecutor().execute(request);
		Engines.get(request);
		assertThat(stranger.isPending()).isFalse();
		this.gate.open();
		assertThat(Engines.get(drain)).isTrue();
	}

	@Test
	void aDrainFollowsAChainOnOneCpuWhileTheOtherNeverHadWork() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(2).cpus(2));
		Workqueue queue = engine.alloc("queue", 1);
		for (int round = 1; round <= 20; round++) {
			int end = 10 * round;
			queue.queueOn(1, engine.initWork("chain", queue, (work) -> {
				if (this.runs.incrementAndGet() < end) {
					queue.queueOn(1, work);
				}
			}));
			assertThat(queue.drain(Engines.PATIENCE)).isTrue();
			assertThat(this.runs).hasValue(end);
		}
	}

	@Test
	void aDrainWhoseTimeIsOverIsFalseAndLetsTheQueueBeUsed() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		queue.queue(engine.initWork("running", this.gate));
		this.gate.awaitStarts(1);
		assertThat(queue.drain(Duration.ZERO)).isFalse();
		assertThat(queue.flush(Duration.ZERO)).isFalse();
		assertThat(state(engine)).isEqualTo(WorkqueueState.ACTIVE);
	}

	@Test
	void nothingIsLeftToWaitForInADestroyedQueue() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		queue.destroy();
		assertThat(queue.drain(Duration.ZERO)).isTrue();
		assertThat(queue.flush(Duration.ZERO)).isTrue();
	}

	/** The kernel's warnings: at the tenth try, then at every hundredth up to 1000. */
	@Test
	void aDrainThatDoesNotEndIsReportedMoreAndMoreRarely() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		AtomicInteger tries = new AtomicInteger();
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(() -> {
			if (isTryOfDrain()) {
				tries.incrementAndGet();
			}
			return System.nanoTime();
		}));
		Workqueue queue = engine.alloc("queue", 1);
		WorkItem endless = engine.initWork("endless", queue, (work) -> {
			if (tries.get() <= 1100) {
				work.schedule();
			}
		});
		endless.schedule();
		assertThat(queue.drain(Duration.ofMinutes(1))).isTrue();
		assertThat(tries).hasValueGreaterThan(1100);
		List<String> reported = IntStream.rangeClosed(1, 10).mapToObj((i) -> 100 * i + "").toList();
		assertThat(log.containing("workqueue queue: drain_workqueue() isn't complete after "))
			.extracting((message) -> message.replaceAll(".*after (\\d+) tries.*", "$1"))
			.containsExactlyElementsOf(Stream.concat(Stream.of("10"), reported.stream()).toList());
	}

	/** Whether the time is read to see how long the next try of a drain may take. */
	private static boolean isTryOfDrain() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.dropWhile((frame) -> !frame.getClassName().equals(Deadline.class.getName()))
				.skip(1)
				.findFirst()
				.filter((frame) -> frame.getMethodName().equals("untilEmpty"))
				.isPresent());
	}

	@Test
	void destroyNamesTwentyOfTheWorksThatItCancels() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		for (int i = 10; i < 32; i++) {
			engine.initDelayedWork("work" + i, queue, this.gate).schedule(Duration.ofHours(1));
		}
		queue.destroy();
		assertThat(log.containing("accepted works that never ran")).singleElement()
			.asString()
			.startsWith("workqueue 'queue' was destroyed with 22 accepted works that never ran: work10, work11, ")
			.endsWith(", work29 and 2 more names");
	}

	@Test
	void destroyCancelsTimersThatAreNotDue() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		DelayedWorkItem armed = engine.initDelayedWork("armed", queue, this.gate);
		armed.schedule(Duration.ofHours(1));
		queue.destroy();
		assertThat(armed.isPending()).isFalse();
		assertThat(engine.timers.size()).isZero();
		assertThat(engine.find("queue")).isEmpty();
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> armed.schedule(Duration.ofMillis(1)));
		queue.destroy();
		queue.flush();
	}

	@Test
	void aSystemQueueIsNeverDestroyed() {
		WorkqueueEngine engine = this.engines.start(1);
		assertThatIllegalStateException().isThrownBy(() -> engine.get("system_wq").destroy())
			.withMessageContaining("system_wq");
	}

	/**
	 * Story: the only counted worker slept in its handler when the thaw let an item in;
	 * nobody looked at that worker, so the item waited for it.
	 */
	@Test
	void freezeHoldsFreezableWorkAndThawStartsIt() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue freezable = engine.alloc("queue", 0, WorkqueueFlag.FREEZABLE);
		freezable.queue(engine.initWork("running", this.gate));
		this.gate.awaitStarts(1);
		engine.freeze();
		assertThat(engine.isFrozen() && engine.isFreezeBusy()).isTrue();
		freezable.queue(engine.initWork("held", (work) -> this.runs.incrementAndGet()));
		this.gate.letGo(1);
		Awaitility.await().until(() -> !engine.isFreezeBusy());
		engine.get("system_wq").queue(engine.initWork("other", this.gate));
		this.gate.awaitStarts(1);
		assertThat(this.runs).hasValue(0);
		engine.thaw();
		Awaitility.await().until(() -> this.runs.get() == 1);
	}

	@Test
	void everyThreadThatCancelsARunningItemReturns() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		WorkItem work = engine.initWork("work", this.gate);
		work.schedule();
		this.gate.awaitStarts(1);
		List<FutureTask<Boolean>> cancels = IntStream.range(0, 16)
			.mapToObj((i) -> Engines.async(work::cancelSync))
			.toList();
		Awaitility.await().until(() -> WorkState.depth(((EngineWorkItem) work).word()) == 16);
		assertThat(cancels).noneMatch(FutureTask::isDone);
		this.gate.letGo(1);
		for (FutureTask<Boolean> cancel : cancels) {
			assertThat(Engines.get(cancel)).isFalse();
		}
		assertThat(work.schedule()).isTrue();
	}

	@Test
	void waitsThatCouldNeverEndAreRefused() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.allocOrdered("queue");
		AtomicInteger refused = new AtomicInteger();
		WorkItem later = engine.initWork("later", queue, (work) -> this.runs.incrementAndGet());
		WorkItem work = engine.initWork("work", queue, (self) -> {
			later.schedule();
			List<Wait> waits = List.of(self::flush, self::cancelSync, self::disableSync, queue::flush, queue::drain,
					queue::destroy, later::flush, () -> self.flush(Duration.ofHours(1)), engine::close);
			for (Wait wait : waits) {
				assertThatExceptionOfType(WorkqueueDeadlockException.class).isThrownBy(wait::await);
				refused.incrementAndGet();
			}
		});
		work.schedule();
		assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(later.flush(Engines.PATIENCE) || this.runs.get() == 1).isTrue();
		assertThat(refused).hasValue(9);
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void aHandlerMayThrowAnything() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		WorkItem work = engine.initWork("work", queue, (self) -> {
			if (this.runs.getAndIncrement() == 0) {
				throw new StackOverflowError("expected by the test");
			}
		});
		work.schedule();
		queue.flush();
		work.schedule();
		queue.flush();
		assertThat(this.runs).hasValue(2);
		assertThat(engine.inspectWorkqueue("queue").orElseThrow().stats().failed()).isEqualTo(1);
		assertThat(engine.inspectWorkqueue("queue").orElseThrow().stats().completed()).isEqualTo(2);
	}

	private static WorkqueueState state(WorkqueueEngine engine) {
		return engine.inspectWorkqueue("queue").orElseThrow().state();
	}

	/** A call that waits. */
	private interface Wait {

		void await() throws Exception;

	}

}
