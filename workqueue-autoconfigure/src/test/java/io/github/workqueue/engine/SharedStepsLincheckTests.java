package io.github.workqueue.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What many threads share and each step of which must be whole: striped counters, the
 * inbox, the colours of flushes.
 */
@Tag("lincheck")
class SharedStepsLincheckTests {

	private static final String FIVE = "increment | increment | increment | increment | increment";

	private final ModelChecking counter = ModelChecking.of(CounterDriver.class)
		.against(CounterDriver.Specification.class)
		.random(6, 3, 2, 1)
		.interleavings(100);

	private final ModelChecking inbox = ModelChecking.of(InboxDriver.class)
		.against(InboxDriver.Specification.class)
		.random(10, 2, 3, 1)
		.interleavings(100);

	private final ModelChecking firsts = ModelChecking.of(FirstPushDriver.class)
		.against(FirstPushDriver.Specification.class)
		.random(0, 2, 3, 1)
		.interleavings(100);

	private final ModelChecking colors = ModelChecking.of(FlushColorsDriver.class)
		.against(FlushColorsDriver.Specification.class)
		.random(10, 2, 4, 2)
		.interleavings(100);

	@Test
	void aCounterLosesNothing() {
		this.counter.scenario("; " + FIVE + " ; sum").holds();
	}

	@Test
	void aCounterThatCountsInTwoStepsIsNoticed() {
		EngineCopy engine = new EngineCopy().torn(StripedCounter.class, "increment", "getAndIncrement");
		this.counter.notices(engine, "; " + FIVE + " ; sum");
	}

	@Test
	void anInboxGivesOutOnceAndInOrder() {
		this.inbox.scenario("; push(0) push(1) | push(2) takeAll | takeAll ; takeAll").holds();
	}

	@Test
	void whoFindsTheInboxFullEmptiesIt() {
		this.inbox.scenario("push(0) push(1) ; push(2) | push(3) | takeAll ; takeAll").holds();
	}

	@Test
	void aPushInTwoStepsIsNoticed() {
		EngineCopy engine = new EngineCopy().torn(Inbox.class, "push", "compareAndSet");
		this.inbox.notices(engine, "; push(0) | push(1) ; takeAll");
	}

	/** A producer that was cut off for a whole lap would leave a gap. */
	@Test
	void aPushIntoASlotOfALaterLapIsNoticed() {
		EngineCopy engine = new EngineCopy().answering(Inbox.class, "push", "isFree");
		this.inbox.notices(engine, "; push(0) | push(1) takeAll push(2) takeAll push(3) takeAll ; takeAll");
	}

	@Test
	void whoIsBehindAnItemIsTakenWithIt() {
		this.firsts.scenario("; push push | push | push ; drain").holds();
	}

	@Test
	void aConsumerThatDoesNotLookAgainIsNoticed() {
		EngineCopy engine = new EngineCopy().without(Inbox.class, "poll", "lookAgain");
		this.firsts.notices(engine, "; push | push ; drain");
	}

	@Test
	void aFlushEndsWithTheItemsThatHadEntered() {
		this.colors.scenario("enter enter ; flush enter | leaveFirst flush | leaveLast ; leaveFirst").holds();
	}

	@Test
	void coloursWithoutALockAreNoticed() {
		EngineCopy engine = new EngineCopy().withoutAssertions().unlocked(FlushColorsDriver.class, "enter");
		this.colors.notices(engine, "; enter | enter flush ; leaveFirst");
	}

	@Test
	void aFlushThatKeepsTheColourIsNoticed() {
		EngineCopy engine = new EngineCopy().without(FlushColors.class, "flush", "close");
		this.colors.notices(engine, "enter ; flush | leaveFirst ;");
	}

}
