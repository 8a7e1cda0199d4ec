package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.ThreadFactory;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Progress where no worker can be had. */
class RescuerTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	/** How a thread factory may fail. */
	enum Failure {

		THROWS_AN_ERROR, RETURNS_NULL, THREAD_DOES_NOT_START

	}

	@ParameterizedTest
	@EnumSource
	void runsTheWorkOfItsQueueWhenNoThreadCanBeMade(Failure failure) throws Exception {
		ScarceThreads threads = new ScarceThreads(failure);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		threads.scarce.set(true);
		List<String> workers = new ArrayList<>();
		List<WorkItem> works = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			works.add(Engines.queue(engine, reclaim, "work" + i,
					(work) -> workers.add(Thread.currentThread().getName())));
		}
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		assertThat(workers).hasSize(40).containsOnly("kworker/R-reclaim");
		assertThat(Engines.stats(engine, "reclaim").rescued()).isEqualTo(40);
		assertThat(Engines.stats(engine, "reclaim").mayday()).isPositive();
		assertThat(works).noneMatch(WorkItem::isPending);
	}

	@Test
	void aQueueWithoutRescuerWaitsAndRecovers() throws Exception {
		ScarceThreads threads = new ScarceThreads(Failure.THROWS_AN_ERROR);
		threads.scarce.set(true);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		assertThat(engine.schedule(engine.initWork("work", this.gate))).as("no exception reaches the producer")
			.isTrue();
		Engines.until("the pool is reported", () -> !engine.inspectStalls().isEmpty());
		assertThat(engine.inspectStalls().get(0).reason()).contains("no worker can be made");
		threads.scarce.set(false);
		this.gate.awaitStarts(1);
		assertThat(engine.inspectStalls()).isEmpty();
	}

	@Test
	void theLimitOfWorkersHoldsNoRescuerBack() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(1));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		Engines.queue(engine, "sleeper", this.gate);
		this.gate.awaitStarts(1);
		CountDownLatch ran = new CountDownLatch(1);
		Engines.queue(engine, reclaim, "urgent", (work) -> ran.countDown());
		assertThat(ran.await(Engines.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.gate.ended).hasValue(0);
	}

	@Test
	void otherQueuesWaitAtTheLimit() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).maxWorkers(1));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		Engines.queue(engine, "sleeper", this.gate);
		this.gate.awaitStarts(1);
		Gate other = this.engines.gate();
		Engines.queue(engine, "other", other.passing());
		Engines.queue(engine, reclaim, "urgent", (work) -> {
		});
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		assertThat(other.hasStarted()).isFalse();
		this.gate.letGo(1);
		other.awaitStarts(1);
	}

	@Test
	void afterwardsThePoolIsAsBefore() throws Exception {
		ScarceThreads threads = new ScarceThreads(Failure.RETURNS_NULL);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		threads.scarce.set(true);
		Engines.queue(engine, reclaim, "rescued", (work) -> {
		});
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		threads.scarce.set(false);
		Gate next = this.engines.gate();
		Engines.queue(engine, reclaim, "next", (work) -> {
			assertThat(Thread.currentThread().getName()).startsWith("kworker/");
			next.enter();
		});
		next.awaitStarts(1);
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
		Engines.until("the rescuer rests", () -> engine.inspectRescuers().stream().noneMatch((one) -> one.active()));
	}

	@Test
	void aQueueWhoseRescuerCannotStartIsNotAllocated() {
		ScarceThreads threads = new ScarceThreads(Failure.THROWS_AN_ERROR);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(threads));
		threads.scarce.set(true);
		assertThatIllegalStateException().isThrownBy(() -> engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM))
			.withMessageContaining("reclaim");
		assertThat(engine.find("reclaim")).isEmpty();
		threads.scarce.set(false);
		assertThat(engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM)).isNotNull();
	}

	/** Threads that cannot be had while they are scarce. */
	private static final class ScarceThreads implements ThreadFactory {

		final AtomicBoolean scarce = new AtomicBoolean();

		private final Failure failure;

		private ScarceThreads(Failure failure) {
			this.failure = failure;
		}

		@Override
		public Thread newThread(Runnable body) {
			if (!this.scarce.get()) {
				return WorkerThreads.helper("test", body);
			}
			return switch (this.failure) {
				case THROWS_AN_ERROR -> throw new OutOfMemoryError("expected by the test");
				case RETURNS_NULL -> null;
				case THREAD_DOES_NOT_START -> new Thread(body) {

					@Override
					public void start() {
						throw new OutOfMemoryError("expected by the test");
					}

				};
			};
		}

	}

}
