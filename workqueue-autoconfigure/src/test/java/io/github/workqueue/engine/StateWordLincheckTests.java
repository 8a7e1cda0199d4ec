package io.github.workqueue.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The transitions of the state word are atomic: whatever runs beside them, the answers
 * are those of some order, one after the other.
 */
@Tag("lincheck")
class StateWordLincheckTests {

	private final ModelChecking check = ModelChecking.against(StateWordDriver.Specification.class);

	@Test
	void anyCallsBesideEachOtherAnswerAsInSomeOrder() {
		this.check.holds(StateWordDriver.class);
	}

	@Test
	void aRequestThatTakesInTwoStepsIsNoticed() {
		fails("tryTake", "compareAndSet");
	}

	@Test
	void aDisableInTwoStepsIsNoticed() {
		fails("tryDisableIdle", "compareAndSet");
	}

	@Test
	void anEnableInTwoStepsIsNoticed() {
		fails("enableOnce", "compareAndSet");
	}

	@Test
	void anEnableThatTakesInTwoStepsIsNoticed() {
		fails("enableOnceAndTake", "compareAndSet");
	}

	@Test
	void aRetirementInTwoStepsIsNoticed() {
		fails("tryRetire", "compareAndSet");
	}

	private void fails(String method, String call) {
		this.check.fails(new Weakened().torn(WorkState.class, method, call), StateWordDriver.class);
	}

}
