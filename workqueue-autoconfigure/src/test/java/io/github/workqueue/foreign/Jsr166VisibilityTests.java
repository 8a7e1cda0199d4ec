package io.github.workqueue.foreign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller did before {@code execute} is seen by the task, what a task did is seen
 * by whoever has waited for it; and, on queues that run one at a time, by the next one,
 * which is the next that was given. Everything that is shared here is plain memory.
 */
class Jsr166VisibilityTests {

	private static final int ROUNDS = 200;

	private static final int TASKS = 2000;

	/** One CPU: a queue of each CPU is in order there. */
	private final WorkqueueEngine engine = ForeignEngine.start(1);

	static Stream<ExecutorKind> serial() {
		return ExecutorKind.SERIAL.stream();
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void aTaskSeesItsCallerAndIsSeenByWhoFlushes(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		int[] given = new int[8];
		int[] seen = new int[8];
		for (int round = 1; round <= ROUNDS; round++) {
			Arrays.fill(given, round);
			for (int i = 0; i < given.length; i++) {
				int mine = i;
				queue.asExecutor().execute(() -> seen[mine] = given[mine]);
			}
			queue.flush();
			assertThat(seen).containsOnly(round);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aTaskSeesTheTaskThatGaveIt(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		int[] steps = new int[1];
		for (int round = 1; round <= ROUNDS; round++) {
			queue.asExecutor().execute(() -> {
				steps[0]++;
				queue.asExecutor().execute(() -> steps[0]++);
			});
			queue.drain();
			assertThat(steps[0]).isEqualTo(2 * round);
		}
	}

	@ParameterizedTest
	@MethodSource("serial")
	void tasksRunInTheOrderInWhichTheyWereGiven(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < TASKS; i++) {
			int task = i;
			queue.asExecutor().execute(() -> order.add(task));
		}
		queue.flush();
		assertThat(order).isEqualTo(IntStream.range(0, TASKS).boxed().toList());
	}

	@ParameterizedTest
	@MethodSource("serial")
	void theTasksOfEachCallerStayInOrder(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		int[] last = new int[2];
		List<Integer> outOfOrder = new ArrayList<>();
		var first = ForeignEngine.elsewhere(() -> giveInOrder(queue.asExecutor(), 0, last, outOfOrder));
		var second = ForeignEngine.elsewhere(() -> giveInOrder(queue.asExecutor(), 1, last, outOfOrder));
		first.get();
		second.get();
		queue.flush();
		assertThat(outOfOrder).isEmpty();
		assertThat(last).containsOnly(TASKS);
	}

	private static int giveInOrder(Executor executor, int caller, int[] last, List<Integer> outOfOrder) {
		for (int i = 1; i <= TASKS; i++) {
			int task = i;
			executor.execute(() -> {
				if (last[caller] != task - 1) {
					outOfOrder.add(task);
				}
				last[caller] = task;
			});
		}
		return TASKS;
	}

}
