package io.github.workqueue.engine;

import io.github.workqueue.WorkHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code blocking(call)} tells of a wait that nothing else can see.
 */
class BlockingHintTests {

	@RegisterExtension
	final Engines engines = new Engines();

	@Test
	void queuedWhileTheCallBlocks() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), new SeesNothing());
		Gate blocked = this.engines.gate();
		Engines.queue(engine, "blocked", hinted(engine, blocked));
		blocked.awaitStarts(1);
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		next.awaitStarts(1);
		assertThat(blocked.ended).hasValue(0);
	}

	@Test
	void blockedAfterTheQueueing() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), new SeesNothing());
		Gate queued = this.engines.gate();
		Gate blocked = this.engines.gate();
		Engines.queue(engine, "blocked", (work) -> {
			queued.burning().handle(work);
			hinted(engine, blocked).handle(work);
		});
		queued.awaitStarts(1);
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		queued.open();
		next.awaitStarts(1);
		assertThat(blocked.ended).hasValue(0);
	}

	@Test
	void theWorkerCountsAgainAfterTheCall() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), new SeesNothing());
		Gate after = this.engines.gate();
		Engines.queue(engine, "caller", (work) -> {
			engine.blocking(() -> true);
			after.burning().handle(work);
		});
		after.awaitStarts(1);
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		Engines.until("it burns for long", () -> Engines.busy(engine, "caller").age().toMillis() > 50);
		assertThat(next.hasStarted()).isFalse();
		after.open();
		next.awaitStarts(1);
	}

	@Test
	void theEndOfAnInnerCallIsNotTheEndOfTheOuter() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), new SeesNothing());
		Gate blocked = this.engines.gate();
		Engines.queue(engine, "blocked", (work) -> engine.blocking(() -> {
			engine.blocking(() -> true);
			blocked.burning().handle(work);
			return true;
		}));
		blocked.awaitStarts(1);
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		next.awaitStarts(1);
		assertThat(blocked.ended).hasValue(0);
	}

	@Test
	void elsewhereItIsAPlainCall() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
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
