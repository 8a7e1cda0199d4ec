package io.github.workqueue.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.engine.RealScenario.Setup;
import io.github.workqueue.engine.RealScenario.Track;
import io.github.workqueue.engine.RealScenario.Wait;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The execution scenarios with real threads. Tolerance: nothing happens before its time,
 * what starts in a wait may start as late as at its end, and the whole takes less than
 * the same works one after the other.
 */
class RealScenarioTests {

	/** From the end of one work to the start of the next. */
	private static final long SWITCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long ORIGINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	@ParameterizedTest
	@EnumSource
	void theOriginalPoolSleepsWithItsWork(Wait wait) throws Exception {
		List<Track> tracks = new RealScenario(wait).run(Setup.ORIGINAL);
		assertThat(tracks.get(1).start()).isGreaterThanOrEqualTo(tracks.get(0).finish());
		assertThat(tracks.get(2).start()).isGreaterThanOrEqualTo(tracks.get(1).finish());
		assertThat(makespan(tracks)).isGreaterThanOrEqualTo(ORIGINAL_NANOS - TimeUnit.MILLISECONDS.toNanos(5));
	}

	@ParameterizedTest
	@EnumSource
	void aSleeperIsReplacedAtOnce(Wait wait) throws Exception {
		List<Track> tracks = new RealScenario(wait).run(Setup.MAX_ACTIVE_3);
		startsWhileItSleeps(tracks.get(1), tracks.get(0));
		assertThat(tracks.get(2).start()).as("w2 starts when w1 sleeps, or after w0 if that woke before")
			.isBetween(tracks.get(1).awakeUntil(),
					Math.max(tracks.get(0).finish(), tracks.get(1).finish()) + SWITCH_NANOS);
		isQuickerThanTheOriginal(tracks, 250);
	}

	@ParameterizedTest
	@EnumSource
	void maxActiveLimitsHowManyMayBeReplaced(Wait wait) throws Exception {
		List<Track> tracks = new RealScenario(wait).run(Setup.MAX_ACTIVE_2);
		startsWhileItSleeps(tracks.get(1), tracks.get(0));
		assertThat(tracks.get(2).start())
			.isGreaterThanOrEqualTo(Math.min(tracks.get(0).finish(), tracks.get(1).finish()));
		isQuickerThanTheOriginal(tracks, 350);
	}

	@ParameterizedTest
	@EnumSource
	void cpuIntensiveWorkHoldsNobodyBack(Wait wait) throws Exception {
		List<Track> tracks = new RealScenario(wait).run(Setup.CPU_INTENSIVE);
		startsWhileItSleeps(tracks.get(1), tracks.get(0));
		startsWhileItSleeps(tracks.get(2), tracks.get(0));
		isQuickerThanTheOriginal(tracks, 200);
	}

	private static void startsWhileItSleeps(Track track, Track sleeper) {
		assertThat(track.start()).as("%s starts while %s sleeps", track.name(), sleeper.name())
			.isBetween(sleeper.awakeUntil(), sleeper.wokenAt());
	}

	/**
	 * On a busy machine each span takes longer; one after the other they take still more.
	 * Two CPUs of the machine may burn what one CPU of the example would share.
	 */
	private static void isQuickerThanTheOriginal(List<Track> tracks, long leastMillis) {
		long oneAfterTheOther = tracks.stream()
			.flatMap((track) -> track.spans().stream())
			.mapToLong((span) -> span.to() - span.from())
			.sum();
		assertThat(makespan(tracks)).isBetween(TimeUnit.MILLISECONDS.toNanos(leastMillis - 5), oneAfterTheOther);
	}

	private static long makespan(List<Track> tracks) {
		return tracks.stream().mapToLong(Track::finish).max().orElseThrow();
	}

}
