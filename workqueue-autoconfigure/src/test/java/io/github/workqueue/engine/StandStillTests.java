package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

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

	@RegisterExtension
	final Engines engines = new Engines();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void shortItemsRunWhileBlockersStay(int cpus) throws Exception {
		for (int round = 0; round < 400; round++) {
			WorkqueueEngine engine = WorkqueueEngine.start(Engines.settings(cpus).build());
			Workqueue queue = engine.alloc("load-" + round, MAX_ACTIVE);
			play(engine, queue, new Random(round), () -> null);
			engine.close();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void shortItemsRunWhileTheLimitChanges(int cpus) throws Exception {
		WorkqueueEngine engine = this.engines.start(cpus);
		for (int round = 0; round < 100; round++) {
			Workqueue queue = engine.alloc("load-" + round, MAX_ACTIVE);
			play(engine, queue, new Random(round), () -> {
				for (int i = 0; i < 20; i++) {
					queue.setMaxActive(BLOCKERS + 1 + i % 4);
				}
				return null;
			});
		}
	}

	private static void play(WorkqueueEngine engine, Workqueue queue, Random random, Callable<Void> meanwhile)
			throws Exception {
		try (Gate blockers = new Gate(); Gate shortOnes = new Gate()) {
			List<Boolean> load = new ArrayList<>(Collections.nCopies(BLOCKERS, true));
			load.addAll(Collections.nCopies(SHORT_ONES, false));
			Collections.shuffle(load, random);
			FutureTask<Void> other = Engines.async(meanwhile);
			for (boolean blocks : load) {
				queue.queue(
						engine.initWork(blocks ? "blocker" : "short", queue, blocks ? blockers : shortOnes.passing()));
			}
			blockers.awaitStarts(BLOCKERS);
			shortOnes.awaitStarts(SHORT_ONES);
			Engines.get(other);
		}
		queue.destroy();
	}

}
