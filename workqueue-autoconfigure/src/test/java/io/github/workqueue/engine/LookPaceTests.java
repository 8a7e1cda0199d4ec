package io.github.workqueue.engine;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LookPaceTests {

	private static final int MANY = 100;

	private final LookPace pace = new LookPace();

	@Test
	void pausesDoubleUpToAMillisecond() {
		this.pace.begin(LookPace.FIRST_NANOS);
		assertThat(inVain(6, false)).containsExactly(100_000, 200_000, 400_000, 800_000, 1_000_000, 1_000_000);
	}

	@Test
	void aWorkerThatBurnsCpuIsLookedAtEverMoreRarely() {
		this.pace.begin(LookPace.FIRST_NANOS);
		assertThat(inVain(MANY, true)).endsWith(LookPace.SLOW_NANOS).isSorted();
	}

	@Test
	void afterAFindSomeLooksFollowSoonAndAllUntilTheNextAreEager() {
		assertThat(this.pace.afterFind()).isEqualTo(LookPace.FIRST_NANOS);
		long[] pauses = inVain(7, false);
		assertThat(pauses).startsWith(50_000, 50_000, 50_000, 50_000, 100_000, 200_000);
		assertThat(pauses[6]).isBetween(LookPace.EAGER_NANOS, 2 * LookPace.EAGER_NANOS);
	}

	@Test
	void eagernessIsForgottenAfterLooksInVain() {
		this.pace.afterFind();
		assertThat(inVain(MANY, false)).endsWith(LookPace.LONGEST_NANOS);
		assertThat(this.pace.beforeEnd()).isEqualTo(LookPace.LONGEST_NANOS);
	}

	/** Story: who queued just after the last item had ended waited for a whole pause. */
	@Test
	void theLastLookOfAWatchIsEagerToo() {
		this.pace.afterFind();
		assertThat(this.pace.beforeEnd()).isEqualTo(LookPace.EAGER_NANOS);
	}

	private long[] inVain(int looks, boolean slow) {
		return LongStream.range(0, looks).map((look) -> this.pace.afterNothing(slow)).toArray();
	}

}
