package io.github.workqueue.engine;

import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The engine checks its own steps where assertions are on. A step that would break the
 * books is caught before it changes anything: afterwards they balance.
 */
class BookkeepingRulesTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1).cpus(1).maxWorkers(8));

	private final WorkerPool pool = this.engine.pool(0);

	private final Gate gate = this.engines.gate();

	private EngineWorkItem item;

	private Worker busy;

	private Worker idle;

	@BeforeEach
	void oneWorkerIsBusyAndOneIdle() throws Exception {
		this.item = (EngineWorkItem) Engines.queue(this.engine, "item", this.gate);
		this.gate.awaitStarts(1);
		Engines.until("a spare worker idles", () -> this.pool.idle.first() != null);
		this.busy = this.item.runner();
		this.idle = this.pool.idle.first();
	}

	/** A step that the test makes in the place of a worker or the monitor. */
	private interface Step {

		void make(BookkeepingRulesTests test);

		static Named<Step> of(String name, Step step) {
			return Named.of(name, step);
		}

	}

	static Stream<Named<Step>> stepsThatNeedTheLock() {
		return Stream.of(Step.of("count a worker", (test) -> test.pool.concurrency.count(test.idle)),
				Step.of("count a worker no more", (test) -> test.pool.concurrency.uncount(test.busy)),
				Step.of("wake a worker up", (test) -> test.pool.concurrency.wakeUp(test.busy)),
				Step.of("enter the idle list", (test) -> test.pool.idle.enter(test.busy, 0)),
				Step.of("leave the idle list", (test) -> test.pool.idle.leave(test.idle)),
				Step.of("end the watch", (test) -> test.pool.progress.endWatch()),
				Step.of("claim the making of a spare", (test) -> test.pool.creation.claimSpare(test.busy)),
				Step.of("assign an item", (test) -> test.pool.assign(test.idle, test.item, 0)),
				Step.of("complete an item", (test) -> test.pool.complete(test.busy)),
				Step.of("remove a worker", (test) -> test.pool.remove(test.busy)),
				Step.of("empty the inbox", (test) -> test.pool.drainInbox()),
				Step.of("let an item enter its queue", (test) -> test.busy.execution.link().enter(test.item)),
				Step.of("take an item out of its queue", (test) -> test.busy.execution.link().remove(test.item)));
	}

	@ParameterizedTest
	@MethodSource("stepsThatNeedTheLock")
	void aStepWithoutThePoolsLockIsCaught(Step step) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> step.make(this));
	}

	static Stream<Named<Step>> stepsOutOfTurn() {
		return Stream.of(
				Step.of("an idle worker falls asleep",
						(test) -> test.pool.concurrency.fallAsleep(test.idle, Worker.Sleep.SEEN)),
				Step.of("an idle worker hogs its CPU", (test) -> test.pool.concurrency.becomeHog(test.idle)),
				Step.of("an idle worker idles again", (test) -> test.pool.idle.enter(test.idle, 0)),
				Step.of("a busy worker idles", (test) -> test.pool.idle.enter(test.busy, 0)),
				Step.of("a busy worker idles no more", (test) -> test.pool.idle.leave(test.busy)),
				Step.of("a busy worker gets a second item", (test) -> test.pool.assign(test.busy, test.item, 0)),
				Step.of("a worker with followers idles", (test) -> {
					Worker worker = new Worker(test.pool, "kworker/0:9", false);
					worker.scheduled.append(test.fresh());
					test.pool.idle.enter(worker, 0);
				}), Step.of("a worker follows itself", (test) -> test.pool.take(test.busy, test.item, 0)),
				Step.of("an idle worker goes without leaving the list", (test) -> test.pool.remove(test.idle)));
	}

	@ParameterizedTest
	@MethodSource("stepsOutOfTurn")
	void aStepOutOfTurnIsCaught(Step step) {
		holdingTheLock(() -> assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> step.make(this)));
	}

	static Stream<Named<Consumer<EngineWorkItem>>> stepsOfAnItemThatIsPending() {
		return Stream.of(Named.of("arm", EngineWorkItem::arm), Named.of("enqueue", (item) -> item.enqueue(0)),
				Named.of("steal", EngineWorkItem::steal), Named.of("start", EngineWorkItem::start),
				Named.of("give back", EngineWorkItem::giveBack),
				Named.of("give back disabled", EngineWorkItem::giveBackDisabled));
	}

	@ParameterizedTest
	@MethodSource("stepsOfAnItemThatIsPending")
	void aStepOfAPendingItemIsCaughtWhenTheItemIsIdle(Consumer<EngineWorkItem> step) {
		EngineWorkItem fresh = fresh();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> step.accept(fresh));
		assertThat(fresh.word()).as("state").isEqualTo(fresh().word());
	}

	@Test
	void aWorkerThatIsGoneCannotGoAgain() {
		assertThat(this.pool.idle.giveWay()).isTrue();
		holdingTheLock(
				() -> assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.pool.remove(this.idle)));
	}

	@Test
	void nobodyIsUncountedWhereNobodyIsCounted() {
		this.gate.open();
		Engines.until("nobody runs", () -> this.pool.concurrency.running() == 0);
		holdingTheLock(() -> assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.pool.concurrency.uncount(this.idle)));
	}

	@Test
	void aQueueHasNoLinkToAPoolThatDoesNotServeIt() {
		EngineWorkqueue unbound = this.engine.own(this.engine.get("system_unbound_wq"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> unbound.linkIn(this.pool))
			.withMessage("'system_unbound_wq' is not served by pool 0 cpu=0 nice=0");
	}

	@Test
	void anItemLeavesItsColourOnce() {
		FlushColors colors = new FlushColors();
		FlushColors.Color color = colors.enter();
		colors.leave(color);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> colors.leave(color));
		assertThat(colors.inFlight()).isZero();
	}

	@Test
	void itemsThatWaitInAPoolNobodyComesBackToBreakThePromise() {
		holdingTheLock(() -> {
			Engines.queue(this.engine, "waits", this.gate);
			this.pool.drainInbox();
			this.pool.progress.watch();
			assertThat(this.pool.progress.isKept()).as("watched").isTrue();
			this.pool.progress.endWatch();
			assertThat(this.pool.progress.isKept()).as("not watched").isFalse();
		});
		assertThat(this.pool.progress.isKept()).as("who leaves the lock has mended it").isTrue();
	}

	private EngineWorkItem fresh() {
		return (EngineWorkItem) this.engine.initWork("fresh", this.gate);
	}

	private void holdingTheLock(Runnable action) {
		this.pool.lock.lock();
		try {
			action.run();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

}
