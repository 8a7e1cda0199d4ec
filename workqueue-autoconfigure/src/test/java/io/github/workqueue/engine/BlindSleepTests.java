package io.github.workqueue.engine;

import io.github.workqueue.engine.Blockage.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where there is no {@code /proc}, the CPU time tells; where there is no CPU time either,
 * Java's own states do.
 */
class BlindSleepTests {

	@RegisterExtension
	final Engines engines = new Engines();

	@Test
	void aSocketReadIsNoticedByTheCpuTimeAlone() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), new BlindProbe(true));
		isReplaced(engine, Kind.SOCKET_READ);
	}

	@Test
	void aParkIsNoticedWithoutCpuTime() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), new BlindProbe(false));
		isReplaced(engine, Kind.PARK);
	}

	@Test
	void aBurningWorkerIsNotTakenForASleeper() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), new BlindProbe(false));
		Gate burner = this.engines.gate();
		Engines.queue(engine, "burner", burner.burning());
		burner.awaitStarts(1);
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		Engines.until("it is looked at often", () -> Engines.busy(engine, "burner").age().toMillis() > 50);
		assertThat(next.hasStarted()).isFalse();
		burner.open();
		next.awaitStarts(1);
	}

	private void isReplaced(WorkqueueEngine engine, Kind kind) throws Exception {
		Blockage blockage = this.engines.closing(kind.make());
		Gate sleeper = new Gate();
		Engines.queue(engine, "sleeper", (work) -> {
			sleeper.enter();
			blockage.block();
			sleeper.ended.incrementAndGet();
		});
		sleeper.awaitStarts(1);
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		next.awaitStarts(1);
		assertThat(sleeper.ended).hasValue(0);
		blockage.release();
	}

	/** Knows nothing of the system's thread states. */
	private record BlindProbe(boolean cpuTime) implements ThreadProbe {

		@Override
		public boolean isWaiting(Thread thread) {
			return SYSTEM.isWaiting(thread);
		}

		@Override
		public long cpuNanos(Thread thread) {
			return this.cpuTime ? SYSTEM.cpuNanos(thread) : -1;
		}

		@Override
		public NativeStates nativeStates() {
			return new NativeStates() {

				@Override
				public NativeState of(long tid) {
					return NativeState.UNKNOWN;
				}

				@Override
				public void close() {
					// nothing is open
				}

			};
		}

	}

}
