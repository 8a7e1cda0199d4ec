package io.github.workqueue.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A wait for the sections that began before ends after them, and ends.
 */
@Tag("lincheck")
class TransitLincheckTests {

	private final ModelChecking check = ModelChecking.of(TransitDriver.class).interleavings(150);

	@Test
	void aWaitEndsAfterAllSectionsThatBeganBefore() {
		this.check.random(4, 3, 2, 1).scenario("; section | await ;").scenario("; section | section | await ;").holds();
	}

	@Test
	void aWaitThatDoesNotLookAgainIsNoticed() {
		this.check.notices(new EngineCopy().without(Transit.class, "afterPrior", "takeTurns"), "; section | await ;");
	}

	@Test
	void aSectionThatWakesNobodyIsNoticed() {
		this.check.notices(new EngineCopy().without(Transit.class, "exit", "takeTurns"), "; section | await ;");
	}

	@Test
	void aWaitForOneOfTwoPhasesIsNoticed() {
		this.check.notices(new EngineCopy().answering(Transit.class, "awaitPrior", "isEmpty"), "; section | await ;");
	}

}
