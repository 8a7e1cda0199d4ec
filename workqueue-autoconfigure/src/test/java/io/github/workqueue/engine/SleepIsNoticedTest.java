package io.github.workqueue.engine;

import io.github.workqueue.engine.Blockage.Kind;
import io.github.workqueue.snapshot.WorkerSnapshot.State;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker that waits, in whatever way, is replaced without a hint; hogs play no part
 * here.
 */
class SleepIsNoticedTest {

	@RegisterExtension
	final LiveEngine live = new LiveEngine();

	@ParameterizedTest
	@EnumSource
	void queuedWhileTheWorkerSleeps(Kind kind) throws Exception {
		WorkqueueEngine engine = this.live.start(LiveEngine.strict());
		Blockage blockage = this.live.closing(kind.make());
		Gate sleeper = new Gate();
		LiveEngine.queue(engine, "sleeper", (work) -> block(sleeper, blockage));
		sleeper.awaitStart();
		LiveEngine.until("the worker sleeps", () -> LiveEngine.busy(engine, "sleeper").state() == State.BLOCKED);
		runsMeanwhile(engine, sleeper, blockage);
	}

	@ParameterizedTest
	@EnumSource
	void asleepAfterTheQueueing(Kind kind) throws Exception {
		WorkqueueEngine engine = this.live.start(LiveEngine.strict());
		Blockage blockage = this.live.closing(kind.make());
		Gate sleeper = new Gate();
		Gate queued = this.live.gate();
		LiveEngine.queue(engine, "sleeper", (work) -> {
			sleeper.enter();
			while (!queued.isOpen()) {
				Thread.onSpinWait();
			}
			blockage.block();
			sleeper.ended.incrementAndGet();
		});
		sleeper.awaitStart();
		Gate next = this.live.gate();
		LiveEngine.queue(engine, "next", next.passing());
		queued.open();
		next.awaitStart();
		assertThat(sleeper.ended).hasValue(0);
		blockage.release();
		LiveEngine.until("the sleeper ends", () -> sleeper.ended.get() == 1);
	}

	private static void block(Gate sleeper, Blockage blockage) throws Exception {
		sleeper.enter();
		blockage.block();
		sleeper.ended.incrementAndGet();
	}

	private void runsMeanwhile(WorkqueueEngine engine, Gate sleeper, Blockage blockage) throws Exception {
		Gate next = this.live.gate();
		LiveEngine.queue(engine, "next", next.passing());
		next.awaitStart();
		assertThat(sleeper.ended).hasValue(0);
		assertThat(LiveEngine.stats(engine, "system_wq").cmWakeup()).isEqualTo(1);
		blockage.release();
		LiveEngine.until("the sleeper ends", () -> sleeper.ended.get() == 1);
	}

}
