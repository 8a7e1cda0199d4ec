package io.github.workqueue.engine;

import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pools of the two priorities know nothing of each other.
 */
class HighpriTests {

	@RegisterExtension
	final Engines engines = new Engines();

	@ParameterizedTest(name = "a full {0} holds nothing of {1} up")
	@CsvSource({ "system_wq, system_highpri_wq", "system_highpri_wq, system_wq", "system_bh_wq, system_bh_highpri_wq",
			"system_bh_highpri_wq, system_bh_wq" })
	void aFullPoolDoesNotHoldTheOtherUp(String full, String other) throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.get(full);
		Gate hog = this.engines.gate();
		Engines.queue(engine, queue, "hog", hog.burning());
		hog.awaitStarts(1);
		for (int i = 0; i < 10; i++) {
			Engines.queue(engine, queue, "behind-" + i, hog.passing());
		}
		Gate free = this.engines.gate();
		for (int i = 0; i < 10; i++) {
			Engines.queue(engine, engine.get(other), "free-" + i, free.passing());
		}
		free.awaitStarts(10);
		assertThat(hog.ended).hasValue(0);
		assertThat(hog.hasStarted()).as("the hog holds its own pool up").isFalse();
	}

}
