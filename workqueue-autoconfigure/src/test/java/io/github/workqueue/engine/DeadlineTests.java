package io.github.workqueue.engine;

import java.time.Duration;

import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	private final ManualTime time = new ManualTime();

	@Test
	void theRestShrinksAsTheClockTurnsAndIsNeverNegative() {
		Deadline deadline = new Deadline(this.time, 100);
		assertThat(deadline.left()).isEqualTo(100);
		this.time.advance(Duration.ofNanos(30));
		assertThat(deadline.left()).isEqualTo(70);
		this.time.advance(Duration.ofNanos(70));
		assertThat(deadline.left()).isZero();
		this.time.advance(Duration.ofNanos(1));
		assertThat(deadline.left()).isZero();
	}

	@Test
	void aWaitWithoutLimitNeedsNoClock() {
		Deadline never = new Deadline(() -> {
			throw new AssertionError("the clock was read");
		}, Completion.FOREVER);
		assertThat(never.left()).isEqualTo(Completion.FOREVER);
	}

}
