package io.github.workqueue.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Inbox, worklist, cancel, disable and the waits for one item: whatever comes beside each
 * other, no instance is lost or doubled and no wait is wrong.
 */
@Tag("lincheck")
class ItemLifeLincheckTests {

	/** A worker executes item 2. */
	private static final String RUNNING = "push(2) work0 work0 ";

	private final ModelChecking check = ModelChecking.of(ItemLifeDriver.class).random(5, 2, 3, 2).interleavings(60);

	@Test
	void eachInstanceEndsOnceWhateverComesBesideIt() {
		this.check.scenario("push(3) ; push(2) cancel(2) | push(2) work0 | cancel(3) ;")
			.scenario(RUNNING + "; cancelSync(2) | push(2) work0 work0 work0 ;")
			.scenario(RUNNING + "push(2) ; flush(2) | work0 work0 work0 ;")
			.scenario(RUNNING + "; cancelSync(2) | cancelSync(2) | work0 work0 ;")
			.scenario("push(2) ; disable(2) enable(2) | push(2) disable(2) | work0 work0 ; enable(2)")
			.holds(PoolHarness.engine());
	}

	@Test
	void aCancelWithoutTheLockIsNoticed() {
		notices(engine().unlocked(PoolItems.class, "steal"), "push(2) push(3) work0 ; cancel(2) | work0 ;");
	}

	@Test
	void aCancelSyncThatDoesNotWaitIsNoticed() {
		notices(engine().without(Cancellation.class, "cancelSync", "running"), RUNNING + "; cancelSync(2) | work0 ;");
	}

	@Test
	void aBarrierThatIsPlacedWithoutTheLockIsNoticed() {
		notices(engine().unlocked(PoolItems.class, "addBarrier"), RUNNING + "; cancelSync(2) | work0 ;");
	}

	@Test
	void aWorkerThatForgetsWhoWaitsIsNoticed() {
		notices(engine().without(Execution.class, "afterEnd", "completeAll"), RUNNING + "; cancelSync(2) | work0 ;");
	}

	private static EngineCopy engine() {
		return PoolHarness.engine().withoutAssertions();
	}

	private void notices(EngineCopy engine, String scenario) {
		this.check.notices(engine, scenario);
	}

}
