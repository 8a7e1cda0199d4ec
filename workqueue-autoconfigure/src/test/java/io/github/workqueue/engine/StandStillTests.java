package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Short items run while blockers stay, although nothing new comes to help.
 * <p>
 * Story: a producer pushed while nobody was counted, and woke a worker that was on its
 * way already. That worker had emptied the inbox before, started a blocker with the new
 * item in the inbox only, and asked for no look. Later producers found the inbox not
 * empty and left it to the first. Everything waited for good.
 */
class StandStillTests {

	private static final int MAX_ACTIVE = 6;

	private static final int BLOCKERS = 4;

	private static final int SHORT_ONES = 7;

	private static final int GAP_SPINS = 500;

	@RegisterExtension
	final Engines engines = new Engines();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void shortItemsRunWhileBlockersStay(int cpus) throws Exception {
		WorkqueueEngine engine = this.engines.start(cpus);
		for (int round = 0; round < 400; round++) {
			Workqueue queue = engine.alloc("load-" + round, MAX_ACTIVE);
			play(engine, queue, new Random(round));
			queue.destroy();
			untilTheMonitorRests(engine);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void shortItemsRunWhileTheLimitChanges(int cpus) throws Exception {
		WorkqueueEngine engine = this.engines.start(cpus);
		for (int round = 0; round < 100; round++) {
			Workqueue queue = engine.alloc("load-" + round, MAX_ACTIVE);
			FutureTask<Void> changes = Engines.async(() -> change(queue));
			play(engine, queue, new Random(round));
			Engines.get(changes);
			queue.destroy();
			untilTheMonitorRests(engine);
		}
	}

	private static Void change(Workqueue queue) {
		for (int i = 0; i < 20; i++) {
			queue.setMaxActive(BLOCKERS + 1 + i % 4);
		}
		return null;
	}

	private static void play(WorkqueueEngine engine, Workqueue queue, Random random) throws Exception {
		try (Gate blockers = new Gate(); Gate shortOnes = new Gate()) {
			List<Boolean> load = new ArrayList<>(Collections.nCopies(BLOCKERS, true));
			load.addAll(Collections.nCopies(SHORT_ONES, false));
			Collections.shuffle(load, random);
			for (boolean blocks : load) {
				WorkHandler handler = blocks ? blockers : shortOnes.passing();
				engine.initWork(blocks ? "blocker" : "short", queue, handler).schedule();
				spin(random.nextInt(GAP_SPINS));
			}
			blockers.awaitStarts(BLOCKERS);
			shortOnes.awaitStarts(SHORT_ONES);
		}
	}

	/** Lets the producer meet workers at every point of their way. */
	private static void spin(int spins) {
		for (int i = 0; i < spins; i++) {
			Thread.onSpinWait();
		}
	}

	/** A pool that is watched anyway would hide that nobody asked for it. */
	private static void untilTheMonitorRests(WorkqueueEngine engine) {
		Engines.until("the monitor rests",
				() -> engine.pools().stream().noneMatch((pool) -> pool.progress.isWatched()));
	}

}
