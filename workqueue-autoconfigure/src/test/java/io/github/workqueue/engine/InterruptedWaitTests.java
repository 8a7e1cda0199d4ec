package io.github.workqueue.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.snapshot.WorkqueueState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An interrupted wait leaves the item as if the call had not been made, but for the
 * instance that it had removed or queued already.
 */
class InterruptedWaitTests {

	private static final Duration LONG = Duration.ofHours(1);

	private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

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

	/** All calls of the public interface that wait for a handler, or for a queue. */
	@ParameterizedTest
	@ValueSource(
			strings = { "flush", "flush in time", "cancelSync", "disableSync", "flush queue", "flush queue in time",
					"drain", "drain in time", "destroy", "scheduleOnEachCpu", "workOnCpu", "flush key", "cancel key" })
	void everyWaitEndsAndLeavesEverythingAsItWas(String call) throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1);
		Gate own = this.engines.gate();
		WorkItem running = Engines.queue(this.engine, queue, "running", own);
		own.awaitStarts(1);
		KeyedWork<String> keyed = this.engine.initKeyedWork("keyed", queue, (key) -> own.passing().handle(running));
		keyed.schedule("key");
		interrupt(waiting(call, queue, running, keyed));
		assertThat(this.engine.inspectWorkqueue("queue").orElseThrow().state()).isEqualTo(WorkqueueState.ACTIVE);
		assertThat(Outcome.stateOf((EngineWorkItem) running)).isEqualTo("R");
		assertThat(running.schedule()).as("may be queued again").isTrue();
		assertThat(keyed.isPending("key")).as("a cancel had removed it").isEqualTo(!call.equals("cancel key"));
		own.open();
		assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(own.ended).hasValue(call.equals("cancel key") ? 2 : 3);
	}

	/** A key that was removed is waited for by nobody: another one runs. */
	private Wait waiting(String call, Workqueue queue, WorkItem item, KeyedWork<String> keyed)
			throws InterruptedException {
		return switch (call) {
			case "flush" -> item::flush;
			case "flush in time" -> () -> inTime(item);
			case "cancelSync" -> item::cancelSync;
			case "disableSync" -> item::disableSync;
			case "flush queue" -> queue::flush;
			case "flush queue in time" -> () -> queue.flush(LONG);
			case "drain" -> queue::drain;
			case "drain in time" -> () -> queue.drain(LONG);
			case "destroy" -> queue::destroy;
			case "scheduleOnEachCpu" -> () -> this.engine.scheduleOnEachCpu(this::enterGate);
			case "workOnCpu" -> this::callOnCpu;
			case "flush key" -> () -> keyed.flush("key");
			case "cancel key" -> cancelOfRunningKey(keyed);
			default -> throw new IllegalArgumentException(call);
		};
	}

	private Wait cancelOfRunningKey(KeyedWork<String> keyed) throws InterruptedException {
		KeyedWork<String> other = this.engine.initKeyedWork("other", this.engine.get("system_wq"),
				(key) -> this.gate.handle(this.item));
		other.schedule("key");
		this.gate.awaitStarts(1);
		keyed.cancel("key");
		return () -> other.cancelSync("key");
	}

	private static void inTime(WorkItem item) throws InterruptedException {
		try {
			item.flush(LONG);
		}
		catch (TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

	private void callOnCpu() throws InterruptedException {
		try {
			this.engine.workOnCpu(0, () -> {
				enterGate();
				return null;
			});
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private void enterGate() {
		try {
			this.gate.handle(this.item);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void aCallerWhoWaitsForRoomIsRefusedAndStaysInterrupted() throws Exception {
		Workqueue full = this.engine
			.alloc(WorkqueueSpec.named("full").maxActive(1).maxPending(1, WhenFull.CALLER_WAITS));
		Engines.queue(this.engine, full, "running", this.gate);
		this.gate.awaitStarts(1);
		Engines.queue(this.engine, full, "waiting", this.gate);
		WorkItem late = this.engine.initWork("late", full, this.gate);
		interrupt(() -> {
			assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(late::schedule)
				.withMessageContainingAll("late", "full", "interrupted");
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		});
		assertThat(late.isPending()).isFalse();
		this.gate.open();
		assertThat(full.flush(Engines.PATIENCE)).isTrue();
		assertThat(late.schedule()).as("there is room again").isTrue();
		assertThat(full.flush(Engines.PATIENCE)).isTrue();
		assertThat(this.gate.ended).hasValue(3);
	}

	@Test
	void aCloseThatIsInterruptedEndsAtOnceAndNamesWhatNeverRan() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		this.item.schedule();
		this.gate.awaitStarts(1);
		WorkItem never = Engines.queue(this.engine, this.engine.allocOrdered("queue"), "blocks", this.gate);
		this.gate.awaitStarts(1);
		assertThat(never.schedule()).isTrue();
		interrupt(() -> {
			this.engine.close();
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		});
		assertThat(this.gate.ended).as("handlers are never interrupted").hasValue(0);
		assertThat(log.containing("never ran: blocks")).hasSize(1);
		assertThat(never.isPending()).isFalse();
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
		Engines.until("the call waits", () -> thread.get() != null && WAITS.contains(thread.get().getState()));
		thread.get().interrupt();
		assertThat(Engines.get(interrupted)).as("interrupted").isTrue();
	}

	/** A call that waits. */
	private interface Wait {

		void await() throws InterruptedException;

	}

}
