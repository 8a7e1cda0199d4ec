package io.github.workqueue.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No more requests have room than there may be, and who waits for room gets it.
 */
@Tag("lincheck")
class PendingLimitLincheckTests {

	private final ModelChecking check = ModelChecking.of(PendingLimitDriver.class).random(6, 2, 2, 0).interleavings(80);

	@Test
	void roomIsGivenToOneAtATimeAndNeverLost() {
		this.check.scenario("; await | await | await ;").scenario("; ask ask | ask ;").holds(PoolHarness.engine());
	}

	@Test
	void anEntryInTwoStepsIsNoticed() {
		notices(PoolHarness.engine().torn(PendingLimit.class, "tryEnter", "compareAndSet"), "; ask | ask | ask ;");
	}

	@Test
	void aReleaseInTwoStepsIsNoticed() {
		notices(PoolHarness.engine().torn(PendingLimit.class, "release", "decrementAndGet"), "; ask | ask ;");
	}

	@Test
	void aReleaseThatWakesNobodyIsNoticed() {
		notices(PoolHarness.engine().without(PendingLimit.class, "release", "signal"), "; await | await | await ;");
	}

	private void notices(EngineCopy engine, String scenario) {
		this.check.notices(engine, scenario);
	}

}
