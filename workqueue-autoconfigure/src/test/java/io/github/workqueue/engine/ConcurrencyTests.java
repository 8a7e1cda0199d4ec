package io.github.workqueue.engine;

import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether somebody must come when a counted worker holds others back no more. */
class ConcurrencyTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1).cpus(1).maxWorkers(8),
			new AwakeProbe());

	private final WorkerPool pool = this.engine.pool(0);

	private final Concurrency concurrency = this.pool.concurrency;

	private final Gate gate = this.engines.gate();

	private Worker busy;

	@BeforeEach
	void oneWorkerIsBusy() throws Exception {
		EngineWorkItem item = (EngineWorkItem) Engines.queue(this.engine, "item", this.gate);
		this.gate.awaitStarts(1);
		this.busy = item.runner();
	}

	@Test
	void whoFallsAsleepIsReplacedOnlyIfSomethingWaits() {
		assertThat(holdingTheLock(false, () -> fallAsleep(Worker.Sleep.HINTED))).as("nothing waits").isFalse();
		awake();
		assertThat(holdingTheLock(true, () -> fallAsleep(Worker.Sleep.HINTED))).as("something waits").isTrue();
		assertThat(cmWakeup()).isOne();
	}

	@Test
	void whoHogsItsCpuIsReplacedOnlyIfSomethingWaits() {
		assertThat(holdingTheLock(false, () -> this.concurrency.becomeHog(this.busy))).as("nothing waits").isFalse();
		assertThat(cmWakeup()).isZero();
	}

	@Test
	void whoWaitsBehindAHogIsSeenTo() {
		assertThat(holdingTheLock(true, () -> this.concurrency.becomeHog(this.busy))).as("something waits").isTrue();
		assertThat(cmWakeup()).isOne();
	}

	@Test
	void onlyWhoWasSeenAsleepIsLookedAtAgain() {
		holdingTheLock(false, () -> fallAsleep(Worker.Sleep.HINTED));
		assertThat(this.concurrency.isKept()).as("hinted").isTrue();
		awake();
		holdingTheLock(false, () -> fallAsleep(Worker.Sleep.SEEN));
		assertThat(this.concurrency.isKept()).as("seen").isTrue();
		awake();
		assertThat(this.concurrency.isKept()).as("awake").isTrue();
		assertThat(this.concurrency.running()).isOne();
	}

	private boolean fallAsleep(Worker.Sleep how) {
		return this.concurrency.fallAsleep(this.busy, how);
	}

	private void awake() {
		this.concurrency.endSleep(this.busy);
	}

	private long cmWakeup() {
		return Engines.stats(this.engine, "system_wq").cmWakeup();
	}

	/** Does a step while the pool's lock is held, and an item waits or does not. */
	private boolean holdingTheLock(boolean waits, BooleanSupplier step) {
		this.pool.lock.lock();
		try {
			if (waits) {
				Engines.queue(this.engine, "waits", this.gate);
			}
			return step.getAsBoolean();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

}
