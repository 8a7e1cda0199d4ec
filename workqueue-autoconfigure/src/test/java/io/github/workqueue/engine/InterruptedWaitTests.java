package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.DelayedWorkItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An interrupted wait leaves the item as if the call had not been made, but for the
 * instance that it had removed or queued already.
 */
class InterruptedWaitTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	private final Gate gate = this.engines.gate();

	private final DelayedWorkItem item = this.engine.initDelayedWork("item", this.gate);

	@ParameterizedTest
	@ValueSource(strings = { "cancelSync", "disableSync" })
	void aSyncCallGivesTheDepthBackAndKeepsNothingPending(String call) throws Exception {
		this.item.schedule();
		this.gate.awaitStarts(1);
		this.item.schedule();
		interrupt(() -> {
			if (call.equals("cancelSync")) {
				this.item.cancelSync();
			}
			else {
				this.item.disableSync();
			}
		});
		assertThat(Outcome.stateOf(node())).isEqualTo("R");
		assertThat(this.item.schedule()).as("may be queued again").isTrue();
		this.gate.open();
		this.item.flush();
		assertThat(this.gate.ended).hasValue(2);
	}

	@Test
	void aFlushHasQueuedTheArmedItem() throws Exception {
		this.item.schedule();
		this.gate.awaitStarts(1);
		this.item.schedule(Duration.ofHours(1));
		interrupt(this.item::flush);
		assertThat(Outcome.stateOf(node())).isEqualTo("RQ");
		this.gate.open();
		this.item.flush();
		assertThat(this.gate.ended).hasValue(2);
	}

	@Test
	void oneOfTwoWaitsDoesNotEndTheOther() throws Exception {
		this.item.schedule();
		this.gate.awaitStarts(1);
		FutureTask<Boolean> other = Engines.async(this.item::cancelSync);
		Engines.until("the other waits", () -> WorkState.depth(node().word()) == 1);
		interrupt(this.item::cancelSync);
		assertThat(other).isNotDone();
		assertThat(Outcome.stateOf(node())).isEqualTo("D1R");
		this.gate.open();
		assertThat(Engines.get(other)).isFalse();
		assertThat(Outcome.stateOf(node())).isEqualTo("I");
	}

	private EngineWorkItem node() {
		return (EngineWorkItem) this.item;
	}

	/** Makes a call on a thread that is interrupted while it waits. */
	private static void interrupt(Wait wait) throws Exception {
		AtomicReference<Thread> thread = new AtomicReference<>();
		FutureTask<Boolean> interrupted = Engines.async(() -> {
			thread.set(Thread.currentThread());
			try {
				wait.await();
				return false;
			}
			catch (InterruptedException ex) {
				return true;
			}
		});
		Engines.until("the call waits", () -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
		thread.get().interrupt();
		assertThat(Engines.get(interrupted)).as("interrupted").isTrue();
	}

	/** A call that waits. */
	private interface Wait {

		void await() throws InterruptedException;

	}

}
