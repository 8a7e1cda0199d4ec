package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key that was cancelled is let go of: nothing is kept for keys that nobody waits for.
 */
class CancelledKeyTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(new ManualTime()));

	private final Gate gate = this.engines.gate();

	private final KeyedWork<Integer> keyed = this.engine.initKeyedWork("keyed", this.engine.alloc("queue", 1),
			(key) -> this.gate.handle(null));

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anArmedKeyIsForgotten(boolean sync) throws Exception {
		this.keyed.schedule(1, HOUR);
		this.keyed.schedule(2, HOUR);
		assertThat(cancel(1, sync)).as("removed").isTrue();
		assertThat(this.keyed.size()).isEqualTo(1);
		assertThat(cancel(1, sync)).as("removed again").isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aQueuedKeyIsForgotten(boolean sync) throws Exception {
		this.keyed.schedule(1);
		this.gate.awaitStarts(1);
		this.keyed.schedule(2);
		assertThat(cancel(2, sync)).as("removed").isTrue();
		assertThat(this.keyed.size()).isEqualTo(1);
	}

	private boolean cancel(int key, boolean sync) throws InterruptedException {
		return sync ? this.keyed.cancelSync(key) : this.keyed.cancel(key);
	}

	@Test
	void aRunningKeyIsForgottenByWhoWaitedForItsEnd() throws Exception {
		this.keyed.schedule(1);
		this.gate.awaitStarts(1);
		FutureTask<Boolean> cancel = Engines.async(() -> this.keyed.cancelSync(1));
		Engines.untilWaiting(List.of(cancel));
		this.gate.open();
		assertThat(Engines.get(cancel)).as("removed").isFalse();
		assertThat(this.keyed.size()).isZero();
		assertThat(this.keyed.schedule(1)).as("as good as new").isTrue();
	}

}
