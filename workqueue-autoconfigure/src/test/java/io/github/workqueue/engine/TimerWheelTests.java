package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.workqueue.WorkHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The wheel against a plain set of items: what it gives out is due, and nothing due stays
 * in it.
 */
class TimerWheelTests {

	private static final long[] SCALES = { 1, 4_000, 300_000, 17_000_000, 1_200_000_000, 70_000_000_000L,
			5_000_000_000_000L, TimerQueue.MAX_DELAY_NANOS / 2 };

	private static final int DIGIT = Tuning.DEFAULT.timerDigit();

	private final WorkqueueEngine engine = WorkqueueEngine.start();

	private final WorkDefinition definition = new WorkDefinition("timer", this.engine.own(this.engine.get("system_wq")),
			(WorkHandler) (work) -> {
			});

	private final Set<EngineDelayedWorkItem> model = new HashSet<>();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6 })
	void givesOutWhatIsDueAndNothingElse(int digit) {
		Random random = new Random(digit);
		long now = random.nextLong();
		TimerWheel wheel = new TimerWheel(now, digit);
		for (int step = 0; step < 5_000; step++) {
			switch (random.nextInt(4)) {
				case 0, 1 -> add(wheel, now, delay(random));
				case 2 -> removeAny(wheel);
				default -> {
					now += delay(random) % 10_000_000_000_000L / 64;
					takeDue(wheel, now);
				}
			}
			assertThat(wheel.size()).isEqualTo(this.model.size());
		}
		takeDue(wheel, now + TimerQueue.MAX_DELAY_NANOS);
		assertThat(this.model).isEmpty();
	}

	@Test
	void tellsHowLongNothingCanBeDue() {
		long now = 42;
		TimerWheel wheel = new TimerWheel(now, DIGIT);
		assertThat(wheel.nanosToNext(now)).isEqualTo(Long.MAX_VALUE);
		add(wheel, now, 10_000_000);
		add(wheel, now, 7_000_000);
		assertThat(wheel.nanosToNext(now)).isEqualTo(7_000_000);
		assertThat(wheel.nanosToNext(now + 6_999_999)).isEqualTo(1);
		now += 7_000_000;
		takeDue(wheel, now);
		assertThat(this.model).hasSize(1);
		assertThat(wheel.nanosToNext(now)).isEqualTo(3_000_000);
	}

	@Test
	void showsEveryItemOnce() {
		TimerWheel wheel = new TimerWheel(0, DIGIT);
		Random random = new Random(3);
		for (int i = 0; i < 100; i++) {
			add(wheel, 0, (i < 3) ? 5 : delay(random));
		}
		List<EngineDelayedWorkItem> shown = new ArrayList<>();
		wheel.forEach(shown::add);
		assertThat(shown).containsExactlyInAnyOrderElementsOf(this.model);
	}

	/**
	 * Nothing is early or stays, and who sleeps as long as he is told wakes up rarely.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6 })
	void followsAClockThatGoesBack(int digit) {
		Random random = new Random(digit);
		long now = random.nextLong();
		TimerWheel wheel = new TimerWheel(now, digit);
		for (int round = 0; round < 1_000; round++) {
			add(wheel, now, delay(random) % 1_000_000_000_000L);
			now += random.nextBoolean() ? delay(random) % 100_000_000_000L : -delay(random) % 100_000_000_000L;
			takeDue(wheel, now);
			if (round % 10 == 0) {
				now = sleepUntilDue(wheel, now);
			}
		}
		takeDue(wheel, now + TimerQueue.MAX_DELAY_NANOS);
		assertThat(this.model).isEmpty();
	}

	private long sleepUntilDue(TimerWheel wheel, long start) {
		long due = this.model.stream().mapToLong((item) -> item.dueAt - start).min().orElse(0);
		long now = start;
		for (int wakes = 0; now - start < due; wakes++) {
			assertThat(wakes).as("wake-ups before something is due").isLessThan(100);
			now += wheel.nanosToNext(now);
			takeDue(wheel, now);
		}
		return now;
	}

	@Test
	void losesNoneOfAHundredThousandInOneBurst() {
		TimerWheel wheel = new TimerWheel(0, DIGIT);
		Random random = new Random(7);
		for (int i = 0; i < 100_000; i++) {
			EngineDelayedWorkItem item = new EngineDelayedWorkItem(this.definition);
			item.dueAt = random.nextLong(Duration.ofHours(2).toNanos());
			wheel.add(item, 0);
		}
		int wakes = 0;
		int taken = 0;
		for (long now = 0; wheel.size() > 0; wakes++) {
			now += wheel.nanosToNext(now);
			while (wheel.pollDue(now) != null) {
				taken++;
			}
		}
		assertThat(taken).isEqualTo(100_000);
		assertThat(wakes).as("wake-ups").isLessThan(250_000);
	}

	private static long delay(Random random) {
		return random.nextLong(SCALES[random.nextInt(SCALES.length)] * 2);
	}

	private void add(TimerWheel wheel, long now, long delay) {
		EngineDelayedWorkItem item = new EngineDelayedWorkItem(this.definition);
		item.dueAt = now + delay;
		wheel.add(item, now);
		this.model.add(item);
	}

	private void removeAny(TimerWheel wheel) {
		if (!this.model.isEmpty()) {
			EngineDelayedWorkItem item = this.model.iterator().next();
			this.model.remove(item);
			wheel.remove(item);
		}
	}

	private void takeDue(TimerWheel wheel, long now) {
		for (EngineDelayedWorkItem item = wheel.pollDue(now); item != null; item = wheel.pollDue(now)) {
			assertThat(item.dueAt - now).as("time left").isNotPositive();
			assertThat(this.model.remove(item)).isTrue();
		}
		assertThat(this.model).noneMatch((item) -> item.dueAt - now <= 0);
		if (!this.model.isEmpty()) {
			long left = this.model.stream().mapToLong((item) -> item.dueAt - now).min().orElseThrow();
			assertThat(wheel.nanosToNext(now)).as("time until the next look").isBetween(1L, left);
		}
	}

}
