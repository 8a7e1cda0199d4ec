package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The outcome table where the pending instance is in a place of its own kind: active and
 * not yet started, held by a freeze, or armed beside a running instance. Beyond what a
 * call returns and leaves, how often the handler is called from then on.
 */
class OutcomeElsewhereTests {

	private static final List<String> STATES = List.of("on the worklist", "frozen", "running and armed");

	/**
	 * A cell: {@code result state runs}. A tilde: the call waits. I idle, T armed, Q
	 * queued, R running, Dn disabled n times.
	 */
	private static final String TABLE = """
			queue          | no Q 1   | no Q 1   | no RT 1
			queueDelayed   | no Q 1   | no Q 1   | no RT 1
			modDelayed     | yes T 1  | yes T 1  | yes RT 1
			modDelayed 0   | yes Q 1  | yes Q 1  | yes RQ 1
			cancel         | yes I 0  | yes I 0  | yes R 0
			cancelSync     | yes I 0  | yes I 0  | ~yes D1R 0
			disable        | yes D1 0 | yes D1 0 | yes D1R 0
			disableSync    | yes D1 0 | yes D1 0 | ~yes D1R 0
			enable         | ISE Q 1  | ISE Q 1  | ISE RT 1
			enableAndQueue | ISE Q 1  | ISE Q 1  | ISE RT 1
			flush          | ~yes Q 1 | ~yes Q 1 | ~yes RQ 1
			isPending      | yes Q 1  | yes Q 1  | yes RT 1
			isRunning      | no Q 1   | no Q 1   | yes RT 1
			""";

	private static final Duration DELAY = Duration.ofMinutes(10);

	@RegisterExtension
	final Engines engines = new Engines();

	private final ManualTime time = new ManualTime();

	private final WorkqueueEngine engine = this.engines
		.start(Engines.settings(1).timeSource(this.time).watchdogThreshold(Duration.ZERO));

	private final Gate own = this.engines.gate();

	private final Gate ahead = this.engines.gate();

	static Stream<Arguments> cells() {
		return TABLE.lines().flatMap((line) -> {
			String[] row = line.split("\\|");
			assertThat(row).as(line).hasSize(STATES.size() + 1);
			return IntStream.range(0, STATES.size())
				.mapToObj((i) -> Arguments.of(STATES.get(i), row[0].trim(), row[i + 1].trim()));
		});
	}

	@ParameterizedTest(name = "{1} when {0}: {2}")
	@MethodSource("cells")
	void theOutcomeIsTheOneOfTheTable(String state, String call, String cell) throws Exception {
		Outcome expected = Outcome.parse(cell);
		Workqueue queue = allocate(state);
		DelayedWorkItem work = this.engine.initDelayedWork("work", queue, this.own);
		EngineWorkItem item = (EngineWorkItem) work;
		int before = bring(state, work, queue);
		int depth = WorkState.depth(item.word());
		AtomicReference<Thread> caller = new AtomicReference<>();
		FutureTask<String> result = Engines.async(() -> {
			caller.set(Thread.currentThread());
			return resultOf(() -> perform(call, work, queue));
		});
		if (expected.waits()) {
			Engines.until("the call waits", () -> waitsForHandler(caller.get()));
			assertThat(Outcome.stateOf(item)).as("state while the call waits").isEqualTo(expected.after());
			assertThat(result).as("call").isNotDone();
		}
		else {
			assertThat(Engines.get(result)).as("result").isEqualTo(expected.result());
			assertThat(Outcome.stateOf(item)).as("state after the call").isEqualTo(expected.after());
			depth = WorkState.depth(item.word());
		}
		this.ahead.open();
		this.own.open();
		this.engine.thaw();
		assertThat(Engines.get(result)).as("result").isEqualTo(expected.result());
		this.time.advance(DELAY.multipliedBy(2));
		Engines.until("nothing is pending", () -> !work.isPending());
		queue.drain();
		assertThat(this.own.ended.get() - before).as("runs").isEqualTo(expected.runs());
		int kept = call.equals("disableSync") && expected.waits() ? depth + 1 : depth;
		assertThat(WorkState.depth(item.word())).as("depth in the end").isEqualTo(kept);
	}

	private Workqueue allocate(String state) {
		return switch (state) {
			case "on the worklist" -> this.engine.alloc("queue", 0, WorkqueueFlag.BH);
			case "frozen" -> this.engine.alloc("queue", 0, WorkqueueFlag.FREEZABLE);
			default -> this.engine.alloc("queue", 0);
		};
	}

	/** Returns how many runs of the item belong to the state. */
	private int bring(String state, DelayedWorkItem work, Workqueue queue) throws Exception {
		switch (state) {
			case "on the worklist" -> {
				queue.queue(this.engine.initWork("ahead", this.ahead));
				this.ahead.awaitStarts(1);
				assertThat(work.schedule()).isTrue();
			}
			case "frozen" -> {
				this.engine.freeze();
				assertThat(work.schedule()).isTrue();
			}
			default -> {
				assertThat(work.schedule()).isTrue();
				this.own.awaitStarts(1);
				assertThat(work.schedule(DELAY)).isTrue();
				return 1;
			}
		}
		return 0;
	}

	private static boolean perform(String call, DelayedWorkItem work, Workqueue queue) throws Exception {
		return switch (call) {
			case "queue" -> queue.queue(work);
			case "queueDelayed" -> queue.queueDelayed(work, DELAY);
			case "modDelayed" -> queue.modDelayed(work, DELAY);
			case "modDelayed 0" -> queue.modDelayed(work, Duration.ZERO);
			case "cancel" -> work.cancel();
			case "cancelSync" -> work.cancelSync();
			case "disable" -> work.disable();
			case "disableSync" -> work.disableSync();
			case "enable" -> work.enable();
			case "enableAndQueue" -> work.enableAndQueue(queue);
			case "flush" -> work.flush();
			case "isPending" -> work.isPending();
			case "isRunning" -> work.isRunning();
			default -> throw new IllegalArgumentException(call);
		};
	}

	private static String resultOf(Callable<Boolean> call) throws Exception {
		try {
			return call.call() ? "yes" : "no";
		}
		catch (IllegalStateException ex) {
			return "ISE";
		}
	}

	private static boolean waitsForHandler(Thread thread) {
		return thread != null && thread.getState() == Thread.State.WAITING && Stream.of(thread.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals(Completion.class.getName()));
	}

}
