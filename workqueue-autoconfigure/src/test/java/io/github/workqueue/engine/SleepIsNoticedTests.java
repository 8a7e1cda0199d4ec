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
class SleepIsNoticedTests {

	@RegisterExtension
	final Engines engines = new Engines();

	@ParameterizedTest
	@EnumSource
	void queuedWhileTheWorkerSleeps(Kind kind) throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		Blockage blockage = this.engines.closing(kind.make());
		Gate sleeper = new Gate();
		Engines.queue(engine, "sleeper", (work) -> block(sleeper, blockage));
		sleeper.awaitStarts(1);
		Engines.until("the worker sleeps", () -> Engines.busy(engine, "sleeper").state() == State.BLOCKED);
		runsMeanwhile(engine, sleeper, blockage);
	}

	@ParameterizedTest
	@EnumSource
	void asleepAfterTheQueueing(Kind kind) throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		Blockage blockage = this.engines.closing(kind.make());
		Gate sleeper = new Gate();
		Gate queued = this.engines.gate();
		Engines.queue(engine, "sleeper", (work) -> {
			sleeper.enter();
			while (!queued.isOpen()) {
				Thread.onSpinWait();
			}
			blockage.block();
			sleeper.ended.incrementAndGet();
		});
		sleeper.awaitStarts(1);
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		queued.open();
		next.awaitStarts(1);
		assertThat(sleeper.ended).hasValue(0);
		blockage.release();
		Engines.until("the sleeper ends", () -> sleeper.ended.get() == 1);
	}

	private static void block(Gate sleeper, Blockage blockage) throws Exception {
		sleeper.enter();
		blockage.block();
		sleeper.ended.incrementAndGet();
	}

	private void runsMeanwhile(WorkqueueEngine engine, Gate sleeper, Blockage blockage) throws Exception {
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		next.awaitStarts(1);
		assertThat(sleeper.ended).hasValue(0);
		assertThat(Engines.stats(engine, "system_wq").cmWakeup()).isEqualTo(1);
		blockage.release();
		Engines.until("the sleeper ends", () -> sleeper.ended.get() == 1);
	}

}
