package io.github.workqueue.engine;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class DurationsTests {

	private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

	@Test
	void nanosecondsAreExactAndZeroIsOneOfThem() {
		assertThat(Durations.nanos("delay", Duration.ZERO)).isZero();
		assertThat(Durations.nanos("delay", Duration.ofNanos(1))).isEqualTo(1);
		assertThat(Durations.nanos("delay", Duration.ofSeconds(3, 5))).isEqualTo(3_000_000_005L);
	}

	@Test
	void aDurationThatIsTooLongIsCutToTheLongest() {
		assertThat(Durations.nanos("delay", ENDLESS)).isEqualTo(Long.MAX_VALUE);
		assertThat(Durations.saturated(ENDLESS)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aNegativeDurationIsRefusedByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> Durations.nanos("delay", Duration.ofNanos(-1)))
			.withMessageContainingAll("'delay' is PT-0.000000001S", "must not be negative");
	}

	@Test
	void aMissingDurationIsRefusedByName() {
		assertThatNullPointerException().isThrownBy(() -> Durations.nanos("delay", null))
			.withMessage("'delay' must not be null");
	}

}
