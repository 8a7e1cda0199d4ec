package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.workqueue.engine.CmwqRun.Interval;
import io.github.workqueue.engine.CmwqRun.Setup;
import io.github.workqueue.engine.CmwqRun.Wait;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The execution scenarios hold with real threads. No run may be shorter than the table or
 * have more handlers at once than it says; one run of twenty must have exactly as many
 * and be at most half as long again, for the machine may be busy.
 */
class CmwqRunTest {

	private static final int RUNS = 20;

	private static final double TOLERANCE = 1.5;

	/** How far two clock readings may be off, in milliseconds. */
	private static final int GRAIN = 3;

	static Stream<Arguments> setups() {
		return Stream.of(Wait.values())
			.flatMap((wait) -> Stream.of(Setup.values()).map((setup) -> Arguments.of(setup, wait)));
	}

	@ParameterizedTest
	@MethodSource("setups")
	void takesAsLongAsTheTableSays(Setup setup, Wait wait) throws Exception {
		List<Long> makespans = new ArrayList<>();
		boolean holds = false;
		while (!holds && makespans.size() < RUNS) {
			List<Interval> run = CmwqRun.of(setup, wait);
			long millis = CmwqRun.makespan(run);
			makespans.add(millis);
			assertThat(mostAtOnce(run)).isLessThanOrEqualTo(atOnce(setup));
			assertThat(millis).isGreaterThanOrEqualTo(setup.makespan - GRAIN);
			holds = mostAtOnce(run) == atOnce(setup) && millis <= longest(setup);
		}
		assertThat(holds).as("a run of at most %s ms among those of %s ms", longest(setup), makespans).isTrue();
	}

	private static double longest(Setup setup) {
		return TOLERANCE * (setup.makespan + ((setup == Setup.CPU_INTENSIVE) ? 50 : 0));
	}

	private static long atOnce(Setup setup) {
		return switch (setup) {
			case ORIGINAL -> 1;
			case MAX_ACTIVE_2 -> 2;
			case MAX_ACTIVE_3, CPU_INTENSIVE -> 3;
		};
	}

	/** How many items had begun and not ended, at most. */
	private static long mostAtOnce(List<Interval> run) {
		return run.stream().mapToLong((at) -> Stream.of("w0", "w1", "w2").filter((item) -> {
			long start = run.stream()
				.filter((one) -> one.item().equals(item))
				.mapToLong(Interval::start)
				.min()
				.orElse(0);
			long end = run.stream().filter((one) -> one.item().equals(item)).mapToLong(Interval::end).max().orElse(0);
			return start <= at.start() && at.start() + GRAIN < end;
		}).count()).max().orElseThrow();
	}

}
