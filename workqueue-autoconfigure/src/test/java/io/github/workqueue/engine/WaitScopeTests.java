package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A wait waits for what it is for, and for nothing else.
 */
class WaitScopeTests {

	private static final int FLUSHERS = 20;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(2);

	private final Workqueue queue = this.engine.alloc("queue", 1);

	private final Gate target = this.engines.gate();

	private final Gate behind = this.engines.gate();

	@Test
	void aFlushOfAQueueLeavesTimersAlone() throws Exception {
		DelayedWorkItem armed = this.engine.initDelayedWork("armed", this.queue, this.target);
		armed.schedule(Duration.ofHours(1));
		assertThat(this.queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(armed.isPending()).isTrue();
		assertThat(this.target.hasStarted()).isFalse();
		assertThat(armed.cancel()).isTrue();
	}

	/** The queue runs one item at a time, and the flush takes no slot. */
	@Test
	void aFlushOfAnItemDoesNotWaitForWhatIsBehindIt() throws Exception {
		WorkItem item = Engines.queue(this.engine, this.queue, "item", this.target);
		this.target.awaitStarts(1);
		Engines.queue(this.engine, this.queue, "behind", this.behind);
		FutureTask<Boolean> flush = Engines.async(item::flush);
		Engines.untilWaiting(List.of(flush));
		this.target.letGo(1);
		this.behind.awaitStarts(1);
		assertThat(Engines.get(flush)).isTrue();
		assertThat(this.behind.ended).hasValue(0);
	}

	@Test
	void aFlushOfAQueueDoesNotWaitForWhatComesLater() throws Exception {
		Engines.queue(this.engine, this.queue, "item", this.target);
		this.target.awaitStarts(1);
		List<FutureTask<Boolean>> flushes = IntStream.range(0, FLUSHERS)
			.mapToObj((i) -> Engines.async(() -> this.queue.flush(Engines.PATIENCE)))
			.toList();
		Engines.untilWaiting(flushes);
		Engines.queue(this.engine, this.queue, "later", this.behind);
		assertThat(flushes).noneMatch(FutureTask::isDone);
		this.target.letGo(1);
		for (FutureTask<Boolean> flush : flushes) {
			assertThat(Engines.get(flush)).isTrue();
		}
		assertThat(this.behind.ended).hasValue(0);
	}

	@Test
	void aFlushRunsAnArmedItemWhereItWasToRun() throws Exception {
		List<String> workers = new CopyOnWriteArrayList<>();
		DelayedWorkItem item = this.engine.initDelayedWork("item",
				(work) -> workers.add(Thread.currentThread().getName()));
		this.queue.queueDelayedOn(1, item, Duration.ofHours(1));
		assertThat(item.flush()).isTrue();
		assertThat(workers).singleElement().asString().startsWith("kworker/1:");
		assertThat(Engines.stats(this.engine, "queue").completed()).isOne();
		assertThat(this.engine.timers.size()).isZero();
	}

	@Test
	void aFlushRunsAnItemThatIsMovedMeanwhileWhereItWasMovedTo() throws Exception {
		EngineDelayedWorkItem item = (EngineDelayedWorkItem) this.engine.initDelayedWork("item", this.queue,
				this.target);
		Workqueue other = this.engine.alloc("other", 1);
		this.queue.queueOn(1, item);
		this.target.awaitStarts(1);
		this.queue.queueDelayedOn(0, item, Duration.ofHours(1));
		WorkerPool pool = item.runner().pool;
		AtomicReference<Thread> flusher = new AtomicReference<>();
		FutureTask<Boolean> flush;
		pool.lock.lock();
		try {
			flush = Engines.async(() -> {
				flusher.set(Thread.currentThread());
				return item.flush();
			});
			Engines.until("the flush looks where the item runs",
					() -> flusher.get() != null && pool.lock.hasQueuedThread(flusher.get()));
			assertThat(other.modDelayedOn(0, item, Duration.ofHours(1))).as("moved").isTrue();
		}
		finally {
			pool.lock.unlock();
		}
		this.target.awaitStarts(1);
		this.target.open();
		assertThat(Engines.get(flush)).isTrue();
		assertThat(Engines.stats(this.engine, "other").completed()).isOne();
		assertThat(this.engine.timers.size()).isZero();
	}

}
