package io.github.workqueue.engine;

import java.util.concurrent.FutureTask;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.QueueGate.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which way the gate of a queue goes, and whom it lets in.
 */
class QueueGateTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	private final Workqueue queue = this.engine.alloc("queue", 0);

	private final QueueGate gate = new QueueGate((EngineWorkqueue) this.queue);

	@Test
	void theLastOfSeveralDrainsOpensTheGate() {
		assertThat(this.gate.beginDrain()).isTrue();
		assertThat(this.gate.beginDrain()).isTrue();
		assertThat(this.gate.state()).isEqualTo(State.DRAINING);
		this.gate.endDrain();
		assertThat(this.gate.state()).isEqualTo(State.DRAINING);
		this.gate.endDrain();
		assertThat(this.gate.state()).isEqualTo(State.OPEN);
	}

	@Test
	void aDrainChangesNothingWhileTheEngineCloses() {
		assertThat(this.gate.close(State.CLOSING)).isTrue();
		assertThat(this.gate.beginDrain()).isTrue();
		assertThat(this.gate.state()).isEqualTo(State.CLOSING);
		this.gate.endDrain();
		assertThat(this.gate.state()).isEqualTo(State.CLOSING);
	}

	@Test
	void aGateIsClosedFurtherAndNeverOpened() throws Exception {
		assertThat(this.gate.close(State.CLOSING)).isTrue();
		assertThat(this.gate.close(State.CLOSING)).isFalse();
		assertThat(Engines.get(Engines.async(() -> this.gate.close(State.DESTROYED)))).as("by another thread").isTrue();
		assertThat(this.gate.close(State.CLOSING)).isFalse();
		assertThat(this.gate.state()).isEqualTo(State.DESTROYED);
		assertThat(this.gate.isDestroyed()).isTrue();
		assertThat(this.gate.beginDrain()).isFalse();
	}

	@Test
	void aDrainingQueueLetsOnlyItsOwnWorksIn() throws Exception {
		this.gate.beginDrain();
		assertThat(this.gate.admits()).isFalse();
		assertThat(admits(this.queue)).isTrue();
		assertThat(admits(this.engine.get("system_wq"))).isFalse();
	}

	@Test
	void whileTheEngineClosesAllItsWorksAreLetIn() throws Exception {
		this.gate.close(State.CLOSING);
		assertThat(this.gate.admits()).isFalse();
		assertThat(admits(this.queue)).isTrue();
		assertThat(admits(this.engine.get("system_wq"))).isTrue();
		assertThat(admits(this.engines.start(1).get("system_wq"))).as("of another engine").isFalse();
	}

	@Test
	void aDestroyedQueueLetsNobodyIn() throws Exception {
		this.gate.close(State.DESTROYED);
		assertThat(this.gate.admits()).isFalse();
		assertThat(admits(this.queue)).isFalse();
	}

	/** Whether a work of a queue is let in. */
	private boolean admits(Workqueue ofWork) throws Exception {
		FutureTask<Boolean> asked = new FutureTask<>(this.gate::admits);
		ofWork.asExecutor().execute(asked);
		return Engines.get(asked);
	}

}
