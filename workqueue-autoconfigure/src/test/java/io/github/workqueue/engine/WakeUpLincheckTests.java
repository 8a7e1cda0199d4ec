package io.github.workqueue.engine;

import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The promise of {@link PoolProgress} on the code itself: whatever moves beside each
 * other, nothing that waits is forgotten. Each of its rules that is left out is noticed.
 */
@Tag("lincheck")
class WakeUpLincheckTests {

	/** A thread that cannot be had is logged, which takes other ways each time. */
	private static final Logger LOGGER = Logger.getLogger(WakeUpLincheckTests.class.getPackageName());

	/** One worker executes a blocker, another one is parked, nothing is watched. */
	private static final String BUSY = "push(0) work0 work0 work1 monitor monitor ";

	private final ModelChecking check = ModelChecking.of(WakeUpDriver.class).random(3, 2, 3, 4).interleavings(50);

	@BeforeAll
	static void silence() {
		LOGGER.setLevel(Level.OFF);
	}

	@AfterAll
	static void speak() {
		LOGGER.setLevel(null);
	}

	@Test
	void nothingIsForgottenWhateverMovesBesideEachOther() {
		this.check.scenario("push(0) ; work0 | push(2) ; sleep0")
			.scenario(BUSY + "; push(2) | push(3) | sleep0 monitor ;")
			.scenario(BUSY + "sleep0 push(2) monitor ; work1 | push(3) | awake0 monitor ;")
			.scenario(BUSY + "push(2) cancel(2) ; monitor | push(3) ; sleep0")
			.scenario("limit(1) push(0) work0 work0 push(2) ; limit(2) | hint0 | push(3) ;")
			.scenario("push(0) refuse work0 work0 ; hint0 | push(2) ;")
			.holds(PoolHarness.engine());
	}

	@Test
	void aProducerThatDoesNotKickIsNoticed() {
		notices("kick", PoolProgress.class, "pushed", "; push(0) ;");
	}

	@Test
	void aProducerThatDoesNotLookIsNoticed() {
		notices("look", PoolProgress.class, "pushed", BUSY + "; push(2) | sleep0 ;");
	}

	@Test
	void aLockThatIsReleasedWithoutAWatchIsNoticed() {
		notices("leave", PoolLock.class, "unlock", "push(0) ; work0 | push(2) ; work0 work1 sleep0");
	}

	@Test
	void aReleaseThatDoesNotLookIntoTheInboxIsNoticed() {
		notices("hasArrivals", PoolProgress.class, "leave", BUSY + "push(2) cancel(2) ; monitor | push(3) ; sleep0");
	}

	@Test
	void aWatchThatEndsWithoutTheLockIsNoticed() {
		EngineCopy engine = PoolHarness.engine().withoutAssertions().unlocked(PoolWatch.class, "endWatch");
		this.check.notices(engine, BUSY + "push(2) cancel(2) ; monitor | push(3) ; sleep0");
	}

	@Test
	void aKickInVainWithoutAWatchIsNoticed() {
		notices("watch", PoolProgress.class, "kick",
				"push(0) refuse work0 work0 hint0 monitor monitor ; push(2) | push(3) ;");
	}

	@Test
	void aMonitorThatDoesNotKickIsNoticed() {
		notices("kick", PoolWatch.class, "apply", BUSY + "; push(2) | sleep0 ;");
	}

	private void notices(String call, Class<?> type, String method, String scenario) {
		this.check.notices(PoolHarness.engine().withoutAssertions().without(type, method, call), scenario);
	}

}
