package io.github.workqueue.engine;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Taking an instance from where its word said it was. */
class CancellationTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	@Test
	void anInstanceThatWasArmedIsThereForOneOnly() {
		EngineDelayedWorkItem work = (EngineDelayedWorkItem) this.engine.initDelayedWork("work", (item) -> {
		});
		work.schedule(Duration.ofHours(1));
		long armed = work.word();
		assertThat(Cancellation.cancel(work)).isTrue();
		assertThat(Cancellation.steal(work, armed)).as("by a caller who was late").isFalse();
		assertThat(work.isPending()).isFalse();
	}

}
