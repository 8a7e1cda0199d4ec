package io.github.workqueue.spring;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Back-offs as they are written, and the delays that they mean.
 */
class BackoffSyntaxTests {

	@ParameterizedTest
	@CsvSource({ "100ms, 100, 100, 100", "100ms..300ms, 100, 200, 300", "100ms..1s x3, 100, 300, 900", "2..8, 2, 4, 8",
			"PT0.5S, 500, 500, 500", "PT0.5S..PT1.5S, 500, 1000, 1500", "PT0.1S..1s x1.5, 100, 150, 225" })
	void delaysGrowUpToTheLongest(String text, long first, long second, long third) {
		Backoff backoff = Backoff.parse(text);
		assertThat(backoff.after(1)).isEqualTo(Duration.ofMillis(first));
		assertThat(backoff.after(2)).isEqualTo(Duration.ofMillis(second));
		assertThat(backoff.after(3)).isEqualTo(Duration.ofMillis(third));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0.5S..PT0.6S ~20%", "500ms~20%", "500ms ~20%" })
	void aVariationKeepsWithinItsPart(String text) {
		Backoff backoff = Backoff.parse(text);
		for (int i = 0; i < 100; i++) {
			assertThat(backoff.after(1)).isBetween(Duration.ofMillis(400), Duration.ofMillis(600));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "200000d", "10ms..200000d x1000000", "200000d..300000d ~50%" })
	void delaysBeyondAllCountersAreLongNotLost(String text) {
		assertThat(Backoff.parse(text).after(9)).isGreaterThan(Duration.ofDays(50_000));
	}

	@Test
	void whatNobodyCanCountIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.parse("9999999999999999d"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "1s..", "..1s", "1s...5s", "1s..2s..3s", "2s..1s", "1s x2", "1s..2s x0.5",
			"1s ~101%", "-1s", "1s..2s 3", "1s..2s x" })
	void anythingElseIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.parse(text));
	}

}
