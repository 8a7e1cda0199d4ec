package io.github.workqueue.engine;

import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An active item that is taken away before it has started makes room for the next, which
 * starts at once: not when the monitor comes by, which never is while time stands still.
 */
class FreedSlotTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines
		.start(Engines.settings(1).timeSource(new ManualTime()).watchdogThreshold(Duration.ZERO));

	private final Gate gate = this.engines.gate();

	private final Gate next = this.engines.gate();

	private Workqueue queue;

	private DelayedWorkItem again;

	@BeforeEach
	void noLookIsUnderWay() {
		this.engine.monitor.stop();
	}

	/** An item that runs and is queued again takes two slots; another one waits. */
	private void bring(String kind) throws InterruptedException {
		this.queue = kind.equals("unbound") ? this.engine.alloc(kind, 2, WorkqueueFlag.UNBOUND)
				: this.engine.alloc(kind, 2);
		this.again = this.engine.initDelayedWork("again", this.queue, this.gate);
		this.again.schedule();
		this.gate.awaitStarts(1);
		Engines.until("the handler waits", () -> Engines.busy(this.engine, "again").state().name().equals("BLOCKED"));
		this.again.schedule();
		WorkItem waiting = this.engine.initWork("next", this.queue, this.next);
		waiting.schedule();
		WorkerPool pool = ((EngineWorkqueue) this.queue).links()[0].pool;
		Engines.until("the other workers rest", () -> isSettled(pool));
	}

	private static boolean isSettled(WorkerPool pool) {
		pool.lock.lock();
		try {
			return !pool.hasArrivals() && !pool.hasWaiting()
					&& pool.workers.stream().allMatch((worker) -> worker.isBusy() || isParked(worker));
		}
		finally {
			pool.lock.unlock();
		}
	}

	private static boolean isParked(Worker worker) {
		return worker.idle && !worker.isWakeSent() && worker.thread().getState() == Thread.State.WAITING;
	}

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound" })
	void theNextItemStartsWhenOneIsCancelled(String kind) throws Exception {
		bring(kind);
		this.again.cancel();
		this.next.awaitStarts(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound" })
	void theNextItemStartsWhenOneIsDisabled(String kind) throws Exception {
		bring(kind);
		this.again.disable();
		this.next.awaitStarts(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound" })
	void theNextItemStartsWhenOneIsMoved(String kind) throws Exception {
		bring(kind);
		this.again.modify(Duration.ofHours(1));
		this.next.awaitStarts(1);
	}

}
