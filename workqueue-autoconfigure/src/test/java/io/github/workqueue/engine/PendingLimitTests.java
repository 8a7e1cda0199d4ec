package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PendingLimitTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final WorkqueueEngine engine = this.engines.start(1);

	@Test
	void rejectsARequestBeyondTheLimitAndLeavesItsItemIdle() throws Exception {
		Workqueue queue = full(WhenFull.REJECT);
		WorkItem third = this.engine.initWork("third", queue, this.gate);
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(third::schedule)
			.withMessageContainingAll("third", "queue", "2");
		assertThat(third.isPending()).isFalse();
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(third.schedule()).as("there is room again").isTrue();
	}

	@Test
	void aPendingItemIsNoRequestBeyondTheLimit() throws Exception {
		Workqueue queue = full(WhenFull.REJECT);
		assertThat(this.waiting.schedule()).isFalse();
		assertThat(queue.isCongested()).isTrue();
		WorkItem third = this.engine.initWork("third", queue, this.gate);
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(third::schedule);
	}

	@Test
	void aCancelledItemMakesRoom() throws Exception {
		Workqueue queue = full(WhenFull.REJECT);
		this.waiting.cancel();
		assertThat(this.engine.initWork("third", queue, this.gate).schedule()).isTrue();
	}

	@Test
	void letsTheCallerWaitForRoom() throws Exception {
		Workqueue queue = full(WhenFull.CALLER_WAITS);
		WorkItem third = this.engine.initWork("third", queue, this.gate);
		AtomicInteger queued = new AtomicInteger();
		FutureTask<Boolean> waiting = Engines.async(() -> {
			queued.incrementAndGet();
			return third.schedule();
		});
		Awaitility.await().until(() -> queued.get() == 1);
		assertThat(third.isPending()).isFalse();
		this.gate.letGo(1);
		assertThat(Engines.get(waiting)).isTrue();
		this.gate.open();
		queue.flush();
		assertThat(this.gate.ended).hasValue(4);
	}

	@Test
	void neverMakesAWorkerOfTheEngineWait() throws Exception {
		Workqueue queue = full(WhenFull.CALLER_WAITS);
		WorkItem third = this.engine.initWork("third", queue, this.gate);
		WorkItem producer = this.engine.initWork("producer", (work) -> assertThat(third.schedule()).isTrue());
		producer.schedule();
		assertThat(producer.flush(Engines.PATIENCE) || third.isPending()).isTrue();
		Awaitility.await().until(third::isPending);
	}

	/** Story of a wait that ends while another caller still waits. */
	@Test
	void everyCallerThatWaitsGetsItsTurn() throws Exception {
		Workqueue queue = full(WhenFull.CALLER_WAITS);
		List<FutureTask<Boolean>> callers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			WorkItem more = this.engine.initWork("more-" + i, queue, this.gate);
			callers.add(waiting(more::schedule));
		}
		for (int i = 1; i <= 3; i++) {
			int admitted = i;
			this.gate.letGo(1);
			Engines.until(i + " callers are let in",
					() -> callers.stream().filter(FutureTask::isDone).count() == admitted);
		}
		for (FutureTask<Boolean> caller : callers) {
			assertThat(Engines.get(caller)).isTrue();
		}
	}

	@Test
	void anInterruptEndsTheWaitOfACallerAndIsKept() throws Exception {
		Workqueue queue = full(WhenFull.CALLER_WAITS);
		WorkItem third = this.engine.initWork("third", queue, this.gate);
		FutureTask<Boolean> caller = waiting(() -> {
			assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(third::schedule)
				.withMessageContainingAll("third", "2 works are pending", "the caller was interrupted");
			return Thread.currentThread().isInterrupted();
		});
		this.caller.interrupt();
		assertThat(Engines.get(caller)).as("interrupted still").isTrue();
		assertThat(third.isPending()).isFalse();
	}

	@Test
	void whatAWorkerHasQueuedBeyondTheLimitIsCounted() throws Exception {
		Workqueue queue = full(WhenFull.REJECT);
		WorkItem third = this.engine.initWork("third", queue, this.gate);
		FutureTask<Boolean> request = new FutureTask<>(third::schedule);
		this.engine.get("system_wq").asExecutor().execute(request);
		assertThat(Engines.get(request)).isTrue();
		assertThat(third.cancel()).isTrue();
		WorkItem fourth = this.engine.initWork("fourth", queue, this.gate);
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(fourth::schedule);
		assertThat(this.waiting.cancel()).isTrue();
		assertThat(fourth.schedule()).as("each is counted once").isTrue();
	}

	@Test
	void aWorkerOfAnotherEngineIsACallerLikeAnyOther() throws Exception {
		WorkItem third = this.engine.initWork("third", full(WhenFull.REJECT), this.gate);
		WorkqueueEngine other = this.engines.start(1);
		FutureTask<Void> request = new FutureTask<>(() -> {
			assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(third::schedule);
			return null;
		});
		other.get("system_wq").asExecutor().execute(request);
		Engines.get(request);
	}

	/** Story of calls that queue at once as well, and did so beyond the limit. */
	@Test
	void everyCallThatQueuesAnIdleItemAtOnceIsARequest() throws Exception {
		Workqueue queue = full(WhenFull.REJECT);
		DelayedWorkItem third = this.engine.initDelayedWork("third", queue, this.gate);
		assertRejected(() -> third.modify(Duration.ZERO));
		assertRejected(() -> third.debounce(Duration.ZERO, null));
		assertRejected(() -> third.schedule(Duration.ZERO));
		third.disable();
		assertRejected(() -> third.enableAndQueue(queue));
		assertThat(third.isPending()).isFalse();
		this.waiting.cancel();
		assertThat(third.enableAndQueue(queue)).as("there is room, and it is disabled still").isTrue();
		assertRejected(this.waiting::schedule);
		assertThat(third.cancel()).isTrue();
		assertThat(this.waiting.schedule()).as("each is counted once").isTrue();
	}

	private static void assertRejected(ThrowingCallable request) {
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(request);
	}

	/** Makes a call on a thread of its own, and returns when that waits. */
	private FutureTask<Boolean> waiting(Callable<Boolean> call) {
		FutureTask<Boolean> task = new FutureTask<>(call);
		Thread thread = new Thread(task, "caller");
		thread.setDaemon(true);
		thread.start();
		this.caller = thread;
		Engines.until("the caller waits", () -> task.isDone() || thread.getState() == Thread.State.WAITING);
		assertThat(task).as("call").isNotDone();
		return task;
	}

	/** The thread that made the last call. */
	private Thread caller;

	private WorkItem waiting;

	/** A queue of which one item runs and two wait, as many as may. */
	private Workqueue full(WhenFull whenFull) throws Exception {
		Workqueue queue = this.engine.alloc(WorkqueueSpec.named("queue").maxActive(1).maxPending(2, whenFull));
		this.engine.initWork("running", queue, this.gate).schedule();
		this.gate.awaitStarts(1);
		this.waiting = this.engine.initWork("waiting", queue, this.gate);
		this.waiting.schedule();
		this.engine.initWork("waiting too", queue, this.gate).schedule();
		return queue;
	}

}
