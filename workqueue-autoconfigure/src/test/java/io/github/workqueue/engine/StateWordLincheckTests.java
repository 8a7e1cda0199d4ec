package io.github.workqueue.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The transitions of the state word are atomic: whatever runs beside them, the answers
 * are those of some order, one after the other.
 */
@Tag("lincheck")
class StateWordLincheckTests {

	private final ModelChecking check = ModelChecking.of(StateWordDriver.class)
		.against(StateWordDriver.Specification.class);

	@Test
	void anyCallsBesideEachOtherAnswerAsInSomeOrder() {
		this.check.scenario("; queue start | queue cancel | queue ;")
			.scenario("; arm fire start | disable enable ;")
			.scenario("disable ; enable queue | enableAndQueue | start ; depth")
			.scenario("; retire disable | queue cancel ; enableAndQueue")
			.holds();
	}

	@Test
	void aRequestThatTakesInTwoStepsIsNoticed() {
		notices("tryTake", "; queue | queue ;");
	}

	@Test
	void aDisableInTwoStepsIsNoticed() {
		notices("tryDisableIdle", "; disable | disable ; depth");
	}

	@Test
	void anEnableInTwoStepsIsNoticed() {
		notices("enableOnce", "disable disable ; enable | enable ; depth");
	}

	@Test
	void anEnableThatTakesInTwoStepsIsNoticed() {
		notices("tryEnableAndTake", "disable ; enableAndQueue | enable ; depth");
	}

	@Test
	void aRetirementInTwoStepsIsNoticed() {
		notices("tryRetire", "; retire | queue ; cancel");
	}

	@Test
	void aPoolThatIsNotLockedIsNoticed() {
		this.check.notices(new EngineCopy().unlocked(StateWordDriver.class, "start"), "queue ; start | cancel ;");
	}

	private void notices(String method, String scenario) {
		this.check.notices(new EngineCopy().torn(WorkState.class, method, "compareAndSet"), scenario);
	}

}
