package io.github.workqueue.engine.model;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.workqueue.engine.Corner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.fail;

/**
 * Random programs over the public interface do what the sequential model says: each call
 * answers what it must, and afterwards items, queues, waiting callers and totals are
 * where they must be.
 * <p>
 * A failure shows the shortest program found that fails, as a list of calls, and the seed
 * of the original.
 */
class RandomProgramTests {

	private static final int LENGTH = 40;

	/** How many programs one engine sees. */
	private static final int PER_ENGINE = 50;

	/** How many calls are made in each corner. */
	private static final long CALLS = Long.getLong("model.calls", 25_000);

	private final Logger logger = Logger.getLogger("io.github.workqueue.engine");

	@BeforeEach
	void doNotLogWhatFailsOnPurpose() {
		this.logger.setLevel(Level.OFF);
	}

	@AfterEach
	void logAgain() {
		this.logger.setLevel(null);
	}

	@ParameterizedTest
	@EnumSource
	void theEngineDoesWhatTheModelSays(Corner corner) throws Exception {
		run(corner, 0, CALLS);
	}

	@ParameterizedTest
	@EnumSource
	@Tag("stress")
	void theEngineDoesWhatTheModelSaysForALongTime(Corner corner) throws Exception {
		run(corner, System.nanoTime(), 50 * CALLS);
	}

	private static void run(Corner corner, long firstSeed, long calls) throws Exception {
		long made = 0;
		for (long seed = firstSeed; made < calls; seed += PER_ENGINE) {
			int cpus = 1 + Math.floorMod(seed / PER_ENGINE, 2);
			try (Bench bench = new Bench(cpus, corner, Duration.ofSeconds(10))) {
				for (long one = seed; one < seed + PER_ENGINE; one++) {
					check(bench.run(Program.random(one, LENGTH)), cpus, corner);
				}
				made += bench.calls();
			}
		}
	}

	private static void check(Mismatch mismatch, int cpus, Corner corner) throws InterruptedException {
		if (mismatch != null) {
			Mismatch shortest = new Shrinker((program) -> onFreshEngine(program, cpus, corner)).shrink(mismatch);
			fail("with %d CPUs in the corner %s, %s", cpus, corner, shortest);
		}
	}

	private static Mismatch onFreshEngine(Program program, int cpus, Corner corner) throws InterruptedException {
		try (Bench bench = new Bench(cpus, corner, Duration.ofMillis(500))) {
			return bench.run(program);
		}
	}

}
