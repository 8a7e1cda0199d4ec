package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workqueue.engine.Blockage.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that fall asleep one after the other do not make the monitor back off.
 */
class SleepAgainAndAgainTest {

	private static final int ROUNDS = 60;

	@RegisterExtension
	final LiveEngine live = new LiveEngine();

	/**
	 * A busy machine delays some rounds; the back-off would delay nearly all, by 10 ms.
	 */
	@Test
	void aQuarterOfTheSleepersIsReplacedWithinThreeMilliseconds() throws Exception {
		WorkqueueEngine engine = this.live.start(LiveEngine.strict());
		List<Long> micros = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			micros.add(TimeUnit.NANOSECONDS.toMicros(nanosToReplace(engine)));
		}
		List<Long> late = micros.subList(ROUNDS / 3, ROUNDS);
		Collections.sort(late);
		assertThat(late.get(late.size() / 4)).as("microseconds: %s", late).isLessThan(3000);
	}

	private long nanosToReplace(WorkqueueEngine engine) throws Exception {
		Blockage blockage = this.live.closing(Kind.PARK.make());
		Gate sleeper = new Gate();
		Gate queued = this.live.gate();
		AtomicLong asleep = new AtomicLong();
		AtomicLong replaced = new AtomicLong();
		LiveEngine.queue(engine, "sleeper", (work) -> {
			sleeper.enter();
			queued.burning().handle(work);
			asleep.set(System.nanoTime());
			blockage.block();
		});
		sleeper.awaitStart();
		Gate next = new Gate();
		LiveEngine.queue(engine, "next", (work) -> {
			replaced.set(System.nanoTime());
			next.enter();
		});
		queued.open();
		next.awaitStart();
		blockage.release();
		engine.get("system_wq").flush();
		return replaced.get() - asleep.get();
	}

}
