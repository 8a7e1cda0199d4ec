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
class SleepAgainAndAgainTests {

	private static final int ROUNDS = 60;

	@RegisterExtension
	final Engines engines = new Engines();

	/**
	 * A busy machine delays some rounds; the back-off would delay nearly all, by 10 ms.
	 */
	@Test
	void aQuarterOfTheSleepersIsReplacedWithinThreeMilliseconds() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		List<Long> micros = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			micros.add(TimeUnit.NANOSECONDS.toMicros(nanosToReplace(engine, Kind.PARK, 0)));
		}
		List<Long> late = micros.subList(ROUNDS / 3, ROUNDS);
		Collections.sort(late);
		assertThat(late.get(late.size() / 4)).as("microseconds: %s", late).isLessThan(3000);
	}

	/** Half of them, though slow looks at a hog are 10 ms apart and two must agree. */
	@Test
	void aReaderIsReplacedSoonAfterItHasBurned() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < 15; i++) {
			millis.add(TimeUnit.NANOSECONDS.toMillis(nanosToReplace(engine, Kind.SOCKET_READ, 50)));
		}
		Collections.sort(millis);
		assertThat(millis.get(millis.size() / 2)).as("milliseconds: %s", millis).isLessThan(15);
	}

	private long nanosToReplace(WorkqueueEngine engine, Kind kind, long burnMillis) throws Exception {
		Blockage blockage = this.engines.closing(kind.make());
		Gate sleeper = new Gate();
		Gate queued = this.engines.gate();
		AtomicLong asleep = new AtomicLong();
		AtomicLong replaced = new AtomicLong();
		Engines.queue(engine, "sleeper", (work) -> {
			sleeper.enter();
			queued.burning().handle(work);
			burn(burnMillis);
			asleep.set(System.nanoTime());
			blockage.block();
		});
		sleeper.awaitStarts(1);
		Gate next = new Gate();
		Engines.queue(engine, "next", (work) -> {
			replaced.set(System.nanoTime());
			next.enter();
		});
		queued.open();
		next.awaitStarts(1);
		blockage.release();
		engine.get("system_wq").flush();
		return replaced.get() - asleep.get();
	}

	private static void burn(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

}
