package io.github.workqueue.engine;

import io.github.workqueue.engine.ThreadProbe.NativeState;
import io.github.workqueue.engine.ThreadProbe.NativeStates;
import io.github.workqueue.engine.WorkerWatch.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What the looks at one worker say, one after the other. */
class WorkerWatchTests {

	private static final long MILLI = 1_000_000;

	@RegisterExtension
	final Engines engines = new Engines();

	private final Probe probe = new Probe();

	private final Worker worker = new Worker(this.engines.start(Engines.settings(1), this.probe).pool(0), "worker",
			false);

	private final WorkerWatch watch = new WorkerWatch();

	private long now;

	@BeforeEach
	void isInAHandler() {
		this.worker.execution.leaveEngine(true);
	}

	@Test
	void aWorkerWithoutThreadIsNotAsleep() {
		this.probe.waiting = true;
		assertThat(this.worker.looksAsleep()).isFalse();
		this.worker.bind(new Thread("worker"));
		assertThat(this.worker.looksAsleep()).isTrue();
		this.worker.execution.enterEngine();
		assertThat(this.worker.looksAsleep()).isFalse();
	}

	@Test
	void aWorkerIsAHogFromTheThresholdOnAndNeverWithoutOne() {
		bind();
		assertThat(look(0, 5 * MILLI)).isEqualTo(Verdict.AWAKE);
		assertThat(look(4 * MILLI, 5 * MILLI)).isEqualTo(Verdict.AWAKE);
		assertThat(look(MILLI, 5 * MILLI)).isEqualTo(Verdict.HOG);
		assertThat(look(MILLI, 0)).isEqualTo(Verdict.AWAKE);
	}

	/** Where the system tells nothing, a thread that uses CPU does not sleep. */
	@Test
	void onlyAQuietWorkerIsTakenForASleeperByTheCpuTimeAlone() {
		bind();
		this.probe.state = NativeState.UNKNOWN;
		for (int i = 0; i < 8; i++) {
			assertThat(look(3 * MILLI, 0)).isEqualTo(Verdict.AWAKE);
		}
		assertThat(this.watch.isSuspect()).isFalse();
		for (int i = 0; i < 3; i++) {
			assertThat(lookQuiet()).isEqualTo(Verdict.AWAKE);
			assertThat(this.watch.isSuspect()).isTrue();
		}
		assertThat(lookQuiet()).isEqualTo(Verdict.WAITING_NATIVELY);
	}

	@Test
	void nobodySleepsNativelyWhereNothingTells() {
		bind();
		this.probe.state = NativeState.UNKNOWN;
		this.probe.cpu = -1;
		for (int i = 0; i < 8; i++) {
			assertThat(lookQuiet()).isEqualTo(Verdict.AWAKE);
			assertThat(this.watch.isSuspect()).isFalse();
		}
	}

	private void bind() {
		this.worker.bind(new Thread("worker"));
	}

	/** Looks when the worker has burned so much since, and was never off the CPU. */
	private Verdict look(long burned, long hogNanos) {
		this.probe.cpu += burned;
		this.now += burned;
		return this.watch.look(this.worker, 1, this.now, hogNanos, this.probe.nativeStates());
	}

	private Verdict lookQuiet() {
		this.now += MILLI;
		return this.watch.look(this.worker, 1, this.now, 0, this.probe.nativeStates());
	}

	/** Says what the test wants. */
	private static final class Probe implements ThreadProbe {

		private boolean waiting;

		private long cpu;

		private NativeState state = NativeState.RUNNING;

		@Override
		public boolean isWaiting(Thread thread) {
			return this.waiting;
		}

		@Override
		public long cpuNanos(Thread thread) {
			return this.cpu;
		}

		@Override
		public NativeStates nativeStates() {
			return new NativeStates() {

				@Override
				public NativeState of(long tid) {
					return Probe.this.state;
				}

				@Override
				public void close() {
					// nothing is open
				}

			};
		}

	}

}
