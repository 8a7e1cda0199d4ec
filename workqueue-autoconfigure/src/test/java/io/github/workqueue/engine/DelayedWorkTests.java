package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.testing.ManualTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Timers on a clock that the test turns.
 */
class DelayedWorkTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@RegisterExtension
	final Engines engines = new Engines();

	private final ManualTime time = new ManualTime();

	private final AtomicInteger runs = new AtomicInteger();

	private final WorkHandler counting = (work) -> this.runs.incrementAndGet();

	@Test
	void whatNobodyHasArmedIsForItsHomeQueue() {
		WorkqueueEngine engine = start();
		EngineDelayedWorkItem work = (EngineDelayedWorkItem) engine.initDelayedWork("work", this.counting);
		assertThat(work.target()).isSameAs(engine.get("system_wq"));
	}

	@Test
	void runsWhenTheDelayIsOverAndNotBefore() {
		DelayedWorkItem work = start().initDelayedWork("work", this.counting);
		work.schedule(SECOND);
		turn(SECOND.minusNanos(1));
		assertThat(work.isPending()).isTrue();
		assertThat(this.runs).hasValue(0);
		turn(Duration.ofNanos(1));
		awaitRuns(1);
	}

	@Test
	void queueDelayedKeepsTheFirstDeadline() {
		DelayedWorkItem work = start().initDelayedWork("work", this.counting);
		assertThat(work.schedule(SECOND)).isTrue();
		assertThat(work.schedule(Duration.ofHours(1))).isFalse();
		assertThat(work.schedule(Duration.ofMillis(1))).isFalse();
		turn(Duration.ofMillis(999));
		assertThat(work.isPending()).isTrue();
		turn(Duration.ofMillis(1));
		awaitRuns(1);
	}

	@Test
	void modDelayedTakesTheLastDeadline() {
		DelayedWorkItem work = start().initDelayedWork("work", this.counting);
		assertThat(work.modify(SECOND)).isFalse();
		assertThat(work.modify(Duration.ofHours(1))).isTrue();
		assertThat(work.modify(Duration.ofSeconds(10))).isTrue();
		turn(Duration.ofSeconds(9));
		assertThat(work.isPending()).isTrue();
		turn(SECOND);
		awaitRuns(1);
		turn(Duration.ofHours(2));
		assertThat(work.isPending()).isFalse();
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void flushRunsAnArmedItemNow() throws Exception {
		DelayedWorkItem work = start().initDelayedWork("work", this.counting);
		work.schedule(Duration.ofHours(1));
		FutureTask<Boolean> flush = Engines.async(work::flush);
		assertThat(Engines.get(flush)).isTrue();
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void delayedByHoursThenQueuedNowRunsOnceAndTheTimerIsGone() {
		WorkqueueEngine engine = start();
		DelayedWorkItem work = engine.initDelayedWork("work", this.counting);
		work.schedule(Duration.ofHours(5));
		work.modify(Duration.ZERO);
		awaitRuns(1);
		assertThat(engine.timers.size()).isZero();
		turn(Duration.ofHours(6));
		assertThat(work.isPending()).isFalse();
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void aCancelledTimerNeverFires() {
		WorkqueueEngine engine = start();
		DelayedWorkItem work = engine.initDelayedWork("work", this.counting);
		DelayedWorkItem marker = engine.initDelayedWork("marker", this.counting);
		work.schedule(SECOND);
		marker.schedule(SECOND);
		assertThat(work.cancel()).isTrue();
		turn(SECOND);
		awaitRuns(1);
		assertThat(marker.isPending() || work.isPending()).isFalse();
	}

	@Test
	void debounceMovesTheDeadlineButNotBeyondMaxWait() {
		DelayedWorkItem work = start().initDelayedWork("work", this.counting);
		Duration maxWait = Duration.ofSeconds(2);
		assertThat(work.debounce(SECOND, maxWait)).isTrue();
		turn(Duration.ofMillis(900));
		assertThat(work.debounce(SECOND, maxWait)).isFalse();
		turn(Duration.ofMillis(900));
		assertThat(work.debounce(SECOND, maxWait)).isFalse();
		turn(Duration.ofMillis(199));
		assertThat(work.isPending()).isTrue();
		turn(Duration.ofMillis(1));
		awaitRuns(1);
	}

	@Test
	void debounceWithoutRequestsEndsAfterItsDelay() {
		DelayedWorkItem work = start().initDelayedWork("work", this.counting);
		work.debounce(SECOND, Duration.ofHours(1));
		turn(Duration.ofMillis(500));
		work.debounce(SECOND, Duration.ofHours(1));
		turn(Duration.ofMillis(999));
		assertThat(work.isPending()).isTrue();
		turn(Duration.ofMillis(1));
		awaitRuns(1);
	}

	@Test
	void eachKeyHasItsOwnDeadline() {
		WorkqueueEngine engine = start();
		KeyedWork<String> keyed = engine.initKeyedWork("keyed", engine.get("system_wq"),
				(key) -> this.runs.addAndGet(key.length()));
		keyed.schedule("a", SECOND);
		keyed.schedule("bb", Duration.ofSeconds(2));
		assertThat(keyed.size()).isEqualTo(2);
		turn(SECOND);
		awaitRuns(1);
		assertThat(keyed.isPending("bb")).isTrue();
		turn(SECOND);
		awaitRuns(3);
		Awaitility.await().until(() -> keyed.size() == 0);
	}

	@Test
	void losesNoneOfAHundredThousandTimersInOneBurst() {
		WorkqueueEngine engine = start();
		Random random = new Random(3);
		List<DelayedWorkItem> works = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			DelayedWorkItem work = engine.initDelayedWork("work", this.counting);
			work.schedule(Duration.ofMillis(1 + random.nextInt(10_000)));
			works.add(work);
		}
		for (int i = 0; i < 10; i++) {
			turn(SECOND);
		}
		awaitRuns(100_000);
		assertThat(works).noneMatch(DelayedWorkItem::isPending);
	}

	/** Once a worker too many, if there is one, has waited out its five minutes. */
	@Test
	void nobodyWaitsForTheClockWhenNothingIsArmed() {
		WorkqueueEngine engine = start();
		DelayedWorkItem work = engine.initDelayedWork("work", this.counting);
		work.schedule(SECOND);
		Awaitility.await().until(this.time::isAwaited);
		turn(SECOND);
		awaitRuns(1);
		Awaitility.await().until(() -> {
			turn(Duration.ofMinutes(1));
			return !this.time.isAwaited();
		});
	}

	@Test
	void aNegativeDelayIsRefusedAndNothingChanges() {
		DelayedWorkItem work = start().initDelayedWork("work", this.counting);
		assertThatIllegalArgumentException().isThrownBy(() -> work.schedule(Duration.ofNanos(-1)))
			.withMessageContaining("'delay'");
		work.schedule(SECOND);
		assertThatIllegalArgumentException().isThrownBy(() -> work.modify(Duration.ofSeconds(-1)));
		turn(SECOND);
		awaitRuns(1);
	}

	private WorkqueueEngine start() {
		EngineSettings.Builder settings = Engines.settings(1).timeSource(this.time).watchdogThreshold(Duration.ZERO);
		return this.engines.start(settings);
	}

	private void turn(Duration duration) {
		this.time.advance(duration);
	}

	private void awaitRuns(int count) {
		Awaitility.await().timeout(Engines.PATIENCE).until(() -> this.runs.get() == count);
	}

}
