package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkSnapshot.State;
import io.github.workqueue.testing.ManualTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.workqueue.WorkqueueFlag.UNBOUND;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Times are exact for who listens. Story: items that found the inbox not empty were
 * stamped with a clock that was up to 10 ms old, and the timers of a busy queue told so.
 */
class ExactTimesTests {

	private static final int WORKS = 40;

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final ManualTime time = new ManualTime();

	private final Map<String, Duration> waited = new ConcurrentHashMap<>();

	private final Map<String, Duration> ran = new ConcurrentHashMap<>();

	@ParameterizedTest
	@CsvSource({ "'',system_bh_wq", "UNBOUND,queue" })
	void aListenerIsToldExactTimesOfABusyQueue(String flag, String name) throws Exception {
		WorkqueueEngine engine = start(new Times());
		Workqueue queue = flag.isEmpty() ? engine.get(name) : engine.alloc(name, 1, UNBOUND);
		Engines.queue(engine, queue, "first", this.gate);
		this.gate.awaitStarts(1);
		queueOneEachMillisecond(engine, queue);
		this.gate.open();
		Engines.until("all have ended", () -> this.ran.size() == WORKS + 1);
		assertThat(this.ran.get("first")).isEqualTo(Duration.ofMillis(WORKS));
		for (int i = 0; i < WORKS; i++) {
			assertThat(this.waited.get("work" + i)).isEqualTo(Duration.ofMillis(WORKS - i).plus(ran(i)));
			assertThat(this.ran.get("work" + i)).isEqualTo(Duration.ofMillis(1));
		}
	}

	@Test
	void agesOfWhatWaitsAreExactForAListener() throws Exception {
		WorkqueueEngine engine = start(new Times());
		Workqueue queue = engine.alloc("queue", 1, UNBOUND);
		Engines.queue(engine, queue, "first", this.gate);
		this.gate.awaitStarts(1);
		queueOneEachMillisecond(engine, queue);
		List<Duration> exact = new ArrayList<>();
		for (int i = 0; i < WORKS; i++) {
			exact.add(Duration.ofMillis(WORKS - i));
		}
		assertThat(ages(engine)).isEqualTo(exact);
	}

	/** What is coarse without a listener makes works look older, never younger. */
	@Test
	void agesAreNeverTooShortWithoutAListener() throws Exception {
		WorkqueueEngine engine = start(WorkListener.NONE);
		Workqueue queue = engine.alloc("queue", 1, UNBOUND);
		Engines.queue(engine, queue, "first", this.gate);
		this.gate.awaitStarts(1);
		queueOneEachMillisecond(engine, queue);
		List<Duration> ages = ages(engine);
		for (int i = 0; i < WORKS; i++) {
			assertThat(ages.get(i)).isGreaterThanOrEqualTo(Duration.ofMillis(WORKS - i));
		}
	}

	/** Story: the timer of the handler counted what listeners did before it. */
	@Test
	void theTimeOfTheHandlerBeginsWhenItIsCalled() {
		WorkqueueEngine engine = start(new Times() {

			@Override
			public void started(WorkItem work, Workqueue queue, long waitedNanos) {
				ExactTimesTests.this.time.advance(Duration.ofSeconds(5));
			}

		});
		Engines.queue(engine, "work", (work) -> this.time.advance(Duration.ofMillis(1)));
		Engines.until("it has ended", () -> this.ran.size() == 1);
		assertThat(this.ran.get("work")).isEqualTo(Duration.ofMillis(1));
	}

	private WorkqueueEngine start(WorkListener listener) {
		return this.engines.start(Engines.settings(1).timeSource(this.time).listener(listener));
	}

	/** Each takes a millisecond, too. */
	private void queueOneEachMillisecond(WorkqueueEngine engine, Workqueue queue) {
		for (int i = 0; i < WORKS; i++) {
			Engines.queue(engine, queue, "work" + i, (work) -> this.time.advance(Duration.ofMillis(1)));
			this.time.advance(Duration.ofMillis(1));
		}
	}

	/** What ran before an item after the gate was opened. */
	private static Duration ran(int item) {
		return Duration.ofMillis(item);
	}

	private static List<Duration> ages(WorkqueueEngine engine) {
		return engine.inspectWorks("queue", WORKS + 1)
			.stream()
			.filter((work) -> work.state() == State.PENDING)
			.map(WorkSnapshot::age)
			.toList();
	}

	/** Notes all times. */
	private class Times implements WorkListener {

		@Override
		public void started(WorkItem work, Workqueue queue, long waitedNanos) {
			ExactTimesTests.this.waited.put(work.name(), Duration.ofNanos(waitedNanos));
		}

		@Override
		public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
			ExactTimesTests.this.ran.put(work.name(), Duration.ofNanos(ranNanos));
		}

	}

}
