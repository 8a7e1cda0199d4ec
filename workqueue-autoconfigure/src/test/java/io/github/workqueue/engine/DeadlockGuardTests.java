package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueDeadlockException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.workqueue.WorkqueueFlag.BH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which waits of a worker are refused, and which look like those but end.
 */
class DeadlockGuardTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(2).cpus(2).maxWorkers(64));

	@Test
	void aWorkMayNotWaitForWhatNeedsItsOnlySlot() throws Exception {
		Workqueue ordered = this.engine.allocOrdered("ordered");
		assertThat(mayFlush(ordered, 0, ordered, 0)).isFalse();
		Workqueue one = this.engine.alloc("one", 1);
		assertThat(mayFlush(one, 0, one, 0)).isFalse();
	}

	@Test
	void aWorkMayWaitForWhatHasASlotOfItsOwn() throws Exception {
		Workqueue one = this.engine.alloc("one", 1);
		assertThat(mayFlush(one, 0, one, 1)).as("on another CPU").isTrue();
		assertThat(mayFlush(one, 0, this.engine.alloc("another", 1), 0)).as("on another queue").isTrue();
		assertThat(mayFlush(this.engine.allocOrdered("first"), 0, this.engine.allocOrdered("second"), 0))
			.as("on another ordered queue")
			.isTrue();
		Workqueue two = this.engine.alloc("two", 2);
		assertThat(mayFlush(two, 0, two, 0)).as("in the second slot").isTrue();
	}

	@Test
	void aBhWorkMayWaitForNothingThatNeedsItsThread() throws Exception {
		Workqueue bh = this.engine.get("system_bh_wq");
		assertThat(mayFlush(bh, 0, bh, 0)).isFalse();
		assertThat(mayFlush(bh, 0, this.engine.alloc("bh", 0, BH), 0)).as("on another queue").isFalse();
		assertThat(mayFlush(bh, 0, bh, 1)).as("on another CPU").isTrue();
		assertThat(mayFlush(bh, 0, this.engine.get("system_bh_highpri_wq"), 0)).as("of another priority").isTrue();
		assertThat(mayFlush(bh, 0, this.engine.get("system_wq"), 0)).as("on a worker").isTrue();
	}

	/**
	 * Story of waits for a whole queue that needed the thread of the handler that waited.
	 */
	@Test
	void aBhWorkMayNotWaitForAQueueThatNeedsItsThread() throws Exception {
		Workqueue bh = this.engine.alloc("bh", 0, BH);
		assertThat(refuses(this.engine.get("system_bh_wq"), bh, 0, bh::flush)).isTrue();
		assertThat(refuses(this.engine.get("system_bh_wq"), bh, 0, bh::drain)).isTrue();
		assertThat(refuses(this.engine.get("system_bh_wq"), bh, 1, bh::flush)).as("on another CPU").isFalse();
		assertThat(refuses(this.engine.get("system_wq"), bh, 0, bh::flush)).as("by a worker").isFalse();
	}

	@Test
	void aWorkMayNotWaitForAQueueWhereItWaitsForItself() throws Exception {
		Workqueue one = this.engine.alloc("one", 0);
		Workqueue two = this.engine.alloc("two", 0);
		AtomicBoolean again = new AtomicBoolean(true);
		FutureTask<Void> flush = new FutureTask<>(() -> {
			assertThatExceptionOfType(WorkqueueDeadlockException.class).isThrownBy(two::flush)
				.withMessageContainingAll("two", "item");
			return null;
		});
		WorkItem item = this.engine.initWork("item", one, (work) -> {
			if (again.getAndSet(false)) {
				two.queueOn(0, work);
				Worker self = Worker.current();
				Engines.until("it waits for itself", () -> ((EngineWorkItem) work).list == self.scheduled);
				flush.run();
			}
		});
		one.queueOn(0, item);
		Engines.get(flush);
		two.flush();
		assertThat(item.isPending()).isFalse();
	}

	/** Whether a wait for a queue is refused in a handler that has put an item there. */
	private boolean refuses(Workqueue own, Workqueue other, int otherCpu, Wait wait) throws Exception {
		WorkItem later = this.engine.initWork("later", other, (work) -> {
		});
		FutureTask<Boolean> refused = new FutureTask<>(() -> {
			other.queueOn(otherCpu, later);
			try {
				wait.call();
				return false;
			}
			catch (WorkqueueDeadlockException ex) {
				return true;
			}
		});
		own.queueOn(0, this.engine.initWork("waits", own, (work) -> refused.run()));
		boolean result = Engines.get(refused);
		other.flush();
		return result;
	}

	/** A wait for a queue. */
	private interface Wait {

		void call() throws InterruptedException;

	}

	@Test
	void aWorkerMayCloseAnotherEngine() throws Exception {
		WorkqueueEngine other = this.engines.start(1);
		FutureTask<Void> close = new FutureTask<>(this.engine::close, null);
		other.get("system_wq").asExecutor().execute(close);
		Engines.get(close);
		assertThatIllegalStateException().isThrownBy(() -> this.engine.alloc("late", 0));
	}

	/** A flush queues it at once, and so it would come behind the one that waits. */
	@Test
	void aWorkMayNotWaitForADelayedOneThatNeedsItsOnlySlot() throws Exception {
		Workqueue ordered = this.engine.allocOrdered("ordered");
		DelayedWorkItem later = this.engine.initDelayedWork("later", ordered, (work) -> {
		});
		later.schedule(Duration.ofHours(1));
		FutureTask<Void> flush = new FutureTask<>(() -> {
			assertThatExceptionOfType(WorkqueueDeadlockException.class).isThrownBy(later::flush)
				.withMessageContainingAll("later", "ordered");
			return null;
		});
		ordered.queue(this.engine.initWork("flushes", ordered, (work) -> flush.run()));
		Engines.get(flush);
		assertThat(later.cancel()).as("is armed still").isTrue();
	}

	/** Whether a work may queue another one and flush it. */
	private boolean mayFlush(Workqueue own, int cpu, Workqueue other, int otherCpu) throws Exception {
		WorkItem later = this.engine.initWork("later", other, (work) -> {
		});
		FutureTask<Boolean> flush = new FutureTask<>(() -> {
			other.queueOn(otherCpu, later);
			try {
				later.flush();
				return true;
			}
			catch (WorkqueueDeadlockException ex) {
				return false;
			}
		});
		own.queueOn(cpu, this.engine.initWork("flushes", own, (work) -> flush.run()));
		boolean result = Engines.get(flush);
		other.flush();
		return result;
	}

}
