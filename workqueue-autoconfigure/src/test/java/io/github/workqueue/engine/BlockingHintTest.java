package io.github.workqueue.engine;

import io.github.workqueue.WorkHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code blocking(call)} tells of a wait that nothing else can see.
 */
class BlockingHintTest {

	@RegisterExtension
	final LiveEngine live = new LiveEngine();

	@Test
	void queuedWhileTheCallBlocks() throws Exception {
		WorkqueueEngine engine = this.live.start(LiveEngine.strict(), new SeesNothing());
		Gate blocked = this.live.gate();
		LiveEngine.queue(engine, "blocked", hinted(engine, blocked));
		blocked.awaitStart();
		Gate next = this.live.gate();
		LiveEngine.queue(engine, "next", next.passing());
		next.awaitStart();
		assertThat(blocked.ended).hasValue(0);
	}

	@Test
	void blockedAfterTheQueueing() throws Exception {
		WorkqueueEngine engine = this.live.start(LiveEngine.strict(), new SeesNothing());
		Gate queued = this.live.gate();
		Gate blocked = this.live.gate();
		LiveEngine.queue(engine, "blocked", (work) -> {
			queued.burning().handle(work);
			hinted(engine, blocked).handle(work);
		});
		queued.awaitStart();
		Gate next = this.live.gate();
		LiveEngine.queue(engine, "next", next.passing());
		queued.open();
		next.awaitStart();
		assertThat(blocked.ended).hasValue(0);
	}

	@Test
	void theWorkerCountsAgainAfterTheCall() throws Exception {
		WorkqueueEngine engine = this.live.start(LiveEngine.strict(), new SeesNothing());
		Gate after = this.live.gate();
		LiveEngine.queue(engine, "caller", (work) -> {
			engine.blocking(() -> true);
			after.burning().handle(work);
		});
		after.awaitStart();
		Gate next = this.live.gate();
		LiveEngine.queue(engine, "next", next.passing());
		LiveEngine.until("it burns for long", () -> LiveEngine.busy(engine, "caller").age().toMillis() > 50);
		assertThat(next.hasStarted()).isFalse();
		after.open();
		next.awaitStart();
	}

	@Test
	void elsewhereItIsAPlainCall() throws Exception {
		WorkqueueEngine engine = this.live.start(LiveEngine.strict());
		assertThat(engine.blocking(() -> 42)).isEqualTo(42);
	}

	/** The wait itself burns CPU, so that it looks like none. */
	private static WorkHandler hinted(WorkqueueEngine engine, Gate gate) {
		return (work) -> engine.blocking(() -> {
			gate.burning().handle(work);
			return true;
		});
	}

	/** To whom every thread runs and nobody knows how long. */
	private static final class SeesNothing implements ThreadProbe {

		@Override
		public boolean isWaiting(Thread thread) {
			return false;
		}

		@Override
		public long cpuNanos(Thread thread) {
			return -1;
		}

		@Override
		public NativeStates nativeStates() {
			return SYSTEM.nativeStates();
		}

	}

}
