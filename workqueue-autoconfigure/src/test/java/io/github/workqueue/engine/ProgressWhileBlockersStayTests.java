package io.github.workqueue.engine;

import java.util.stream.Stream;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.ProgressRounds.Producers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * While fewer items run than {@code maxActive} allows, and those that run wait, the next
 * one starts soon, although nothing else happens: no new item, no end, no wake-up and no
 * look from outside.
 * <p>
 * Story: a producer queued 11 items, four of which waited on a latch, to a queue with
 * {@code maxActive} 6. It pushed while nobody was counted and woke a worker that was on
 * its way and had emptied the inbox before; that worker started its item with the new one
 * in the inbox only, and asked for no look. Its handler waited, later producers left the
 * full inbox to the first one, and all stood still with two slots free.
 */
class ProgressWhileBlockersStayTests {

	private static final int ROUNDS = 400;

	@RegisterExtension
	final Engines engines = new Engines();

	static Stream<Arguments> loads() {
		return Stream.of("percpu", "unbound")
			.flatMap((kind) -> Stream.of(1, 2)
				.flatMap((cpus) -> Stream.of(Producers.values())
					.map((producers) -> Arguments.of(kind, cpus, producers))));
	}

	@ParameterizedTest(name = "{2} on {0} with {1} CPUs")
	@MethodSource("loads")
	void theNextItemStartsAlthoughNothingElseHappens(String kind, int cpus, Producers producers) throws Exception {
		run(kind, cpus, producers, ROUNDS);
	}

	/** Where a pool has one worker, blockers keep it. */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "NONE", "ONE_WORKER" })
	void theNextItemStartsInEveryCorner(Corner corner) throws Exception {
		WorkqueueEngine engine = this.engines.start(corner.apply(Engines.settings(2)));
		for (Producers producers : Producers.values()) {
			Workqueue queue = engine.alloc("of " + producers, 0);
			ProgressRounds load = new ProgressRounds(engine, queue, producers);
			for (int seed = 0; seed < ROUNDS / 4; seed++) {
				load.run(seed);
			}
		}
	}

	@ParameterizedTest(name = "{2} on {0} with {1} CPUs")
	@MethodSource("loads")
	@Tag("stress")
	void theNextItemStartsForALongTime(String kind, int cpus, Producers producers) throws Exception {
		run(kind, cpus, producers, 50 * ROUNDS);
	}

	private void run(String kind, int cpus, Producers producers, int rounds) throws Exception {
		WorkqueueEngine engine = this.engines.start(cpus);
		ProgressRounds load = new ProgressRounds(engine, QueueKinds.alloc(engine, kind), producers);
		for (int seed = 0; seed < rounds; seed++) {
			load.run(seed);
		}
	}

}
