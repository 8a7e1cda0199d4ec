package io.github.workqueue.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each armed timer has one end, whoever steals or moves it while it fires.
 */
@Tag("lincheck")
class TimerLincheckTests {

	private final ModelChecking check = ModelChecking.of(TimerDriver.class)
		.whole(TimerWheel.class)
		.random(10, 2, 3, 2)
		.interleavings(80);

	@Test
	void eachArmedInstanceEndsOnce() {
		this.check.scenario("arm(0) ; steal(0) arm(0) | fire | move(0) ;")
			.scenario("arm(0) arm(1) ; fire | steal(1) | steal(1) ;")
			.holds(TimerDriver.engine());
	}

	@Test
	void aStealWithoutTheLockIsNoticed() {
		notices("steal", "arm(0) ; steal(0) | fire ;");
	}

	@Test
	void anExpiryWithoutTheLockIsNoticed() {
		notices("collect", "arm(0) ; fire | steal(0) ;");
	}

	@Test
	void aMoveWithoutTheLockIsNoticed() {
		notices("move", "arm(0) ; move(0) | fire ;");
	}

	private void notices(String method, String scenario) {
		this.check.notices(TimerDriver.engine().withoutAssertions().unlocked(TimerQueue.class, method), scenario);
	}

}
