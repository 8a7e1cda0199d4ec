package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The clock of the tests loses no turn.
 */
class ManualTimeTests {

	@Test
	@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
	void aTurnBetweenTheLookAndTheWaitEndsTheWait() {
		ManualTime time = new ManualTime();
		long looked = time.nanoTime();
		time.advance(Duration.ofSeconds(1));
		time.parkNanos(this, TimeUnit.SECONDS.toNanos(1));
		assertThat(time.nanoTime() - looked).isEqualTo(TimeUnit.SECONDS.toNanos(1));
		assertThat(time.isAwaited()).isFalse();
	}

}
