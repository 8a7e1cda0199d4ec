package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.snapshot.WorkqueueState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A request calls user code: it captures, tells a listener, may make a thread. None of
 * that holds up who waits for other work, and what it throws changes nothing.
 */
@Timeout(60)
class UserCodeInRequestsTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	@ParameterizedTest
	@ValueSource(strings = { "capture", "listener", "thread factory" })
	void userCodeThatWaitsHoldsNoStrangerUp(String where) throws Exception {
		WorkqueueEngine engine = this.engines.start(settings(where));
		Workqueue stranger = engine.alloc("stranger", 0);
		WorkItem item = engine.initWork("item", new Handler(where.equals("capture") ? this::pass : () -> {
		}));
		FutureTask<Boolean> request = Engines.async(item::schedule);
		this.gate.awaitStarts(1);
		assertThat(stranger.flush(Engines.PATIENCE)).isTrue();
		assertThat(stranger.drain(Engines.PATIENCE)).isTrue();
		assertThat(request).as("request").isNotDone();
		this.gate.open();
		assertThat(Engines.get(request)).isTrue();
		item.flush();
	}

	private EngineSettings.Builder settings(String where) {
		EngineSettings.Builder settings = Engines.settings(1);
		return switch (where) {
			case "listener" -> settings.listener(new WorkListener() {

				@Override
				public void queued(WorkItem work, Workqueue queue) {
					pass();
				}

			});
			case "thread factory" -> settings.threadFactory((body) -> {
				pass();
				return WorkerThreads.platformFactory().newThread(body);
			});
			default -> settings;
		};
	}

	private void pass() {
		try {
			this.gate.handle(null);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void aRequestThatIsRefusedCapturesNothing() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 0);
		AtomicInteger captures = new AtomicInteger();
		DelayedWorkItem item = engine.initDelayedWork("item", queue, new Handler(captures::incrementAndGet));
		engine.hold();
		assertThat(item.schedule()).isTrue();
		assertThat(item.schedule()).isFalse();
		assertThat(item.schedule(Duration.ofHours(1))).isFalse();
		assertThat(item.debounce(Duration.ofHours(1), null)).isFalse();
		assertThat(item.modify(Duration.ofHours(1))).as("moved").isTrue();
		assertThat(captures).as("captures of the accepted request").hasValue(1);
		item.disable();
		item.disable();
		assertThat(item.schedule()).isFalse();
		assertThat(item.enableAndQueue(queue)).isFalse();
		assertThat(captures).hasValue(1);
		assertThat(item.enableAndQueue(queue)).isTrue();
		assertThat(captures).hasValue(2);
		item.cancel();
		queue.destroy();
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(item::schedule);
		assertThat(captures).as("captures in the end").hasValue(2);
	}

	@Test
	void aCaptureThatFailsLeavesTheItemIdleAndItsPlaceFree() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc(WorkqueueSpec.named("queue").maxPending(1, WhenFull.REJECT));
		AtomicInteger calls = new AtomicInteger();
		DelayedWorkItem item = engine.initDelayedWork("item", queue, new Handler(() -> {
			if (calls.incrementAndGet() < 5) {
				throw new IllegalStateException("no capture");
			}
		}));
		engine.hold();
		assertThatIllegalStateException().isThrownBy(item::schedule).withMessage("no capture");
		assertThatIllegalStateException().isThrownBy(() -> item.schedule(Duration.ofHours(1)));
		assertThatIllegalStateException().isThrownBy(() -> item.modify(Duration.ZERO));
		assertThat(Outcome.stateOf((EngineWorkItem) item)).isEqualTo("I");
		item.disable();
		assertThatIllegalStateException().isThrownBy(() -> item.enableAndQueue(queue));
		assertThat(Outcome.stateOf((EngineWorkItem) item)).isEqualTo("D1");
		item.enable();
		assertThat(item.schedule()).as("there is room").isTrue();
	}

	/** What the item is between being captured for and being taken is anybody's. */
	@Test
	void aCaptureMayQueueTheItemItself() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		AtomicInteger depth = new AtomicInteger();
		AtomicInteger runs = new AtomicInteger();
		WorkItem[] item = new WorkItem[1];
		item[0] = engine.initWork("item", new Handler(() -> {
			if (depth.incrementAndGet() == 1) {
				assertThat(item[0].schedule()).as("inner").isTrue();
			}
		}, runs::incrementAndGet));
		engine.hold();
		assertThat(item[0].schedule()).as("outer").isFalse();
		engine.release();
		item[0].flush();
		assertThat(runs).hasValue(1);
	}

	@Test
	void aRequestWhoseItemIsQueuedWhileItCapturesIsToldSoEvenIfTheGateIsClosedByThen() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		Engines.queue(engine, queue, "ahead", this.gate);
		this.gate.awaitStarts(1);
		AtomicReference<FutureTask<Boolean>> drain = new AtomicReference<>();
		AtomicInteger runs = new AtomicInteger();
		WorkItem[] item = new WorkItem[1];
		item[0] = engine.initWork("item", queue, new Handler(() -> {
			if (drain.compareAndSet(null, new FutureTask<>(() -> queue.drain(Engines.PATIENCE)))) {
				assertThat(item[0].schedule()).as("inner").isTrue();
				Engines.async(() -> {
					drain.get().run();
					return null;
				});
				Engines.until("the gate is closed",
						() -> engine.inspectWorkqueue("queue").orElseThrow().state() == WorkqueueState.DRAINING);
			}
		}, runs::incrementAndGet));
		assertThat(item[0].schedule()).as("outer").isFalse();
		this.gate.open();
		assertThat(Engines.get(drain.get())).isTrue();
		assertThat(runs).hasValue(1);
	}

	/** A handler that captures. */
	private record Handler(Runnable onCapture, Runnable onRun) implements WorkHandler, ManagedHandler {

		Handler(Runnable onCapture) {
			this(onCapture, () -> {
			});
		}

		@Override
		public Object capture() {
			this.onCapture.run();
			return this;
		}

		@Override
		public void execute(WorkExecution execution) {
			assertThat(execution.captured()).isSameAs(this);
			this.onRun.run();
		}

		@Override
		public void handle(WorkItem work) {
			throw new AssertionError("is called as a managed handler");
		}

	}

}
