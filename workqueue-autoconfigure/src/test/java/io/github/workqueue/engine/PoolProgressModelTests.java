package io.github.workqueue.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.workqueue.engine.ProgressModel.Rule;
import io.github.workqueue.engine.ProgressModel.State;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the threads have done and however their handlers sleep, steps of the threads
 * alone start an item that could run; and each rule of {@link PoolProgress} is needed for
 * that. Every state that can be reached is looked at.
 */
class PoolProgressModelTests {

	/** What is there at first, and what may happen. */
	enum Scenario {

		TWO_PRODUCERS(() -> State.initial(2, 1).withSpareWorker()),

		SLEEPERS_WAKE(() -> State.initial(2, 1).withSpareWorker().withWakes(1)),

		WORKERS_ARE_MADE(() -> State.initial(2, 1).withFailures(1)),

		NO_WORKER_COULD_BE_MADE(() -> State.initial(2, 1).withoutWorkers().withFailures(1)),

		A_LIMIT_IS_RAISED(() -> State.initial(2, 1).withSpareWorker().withThaw());

		private final Supplier<State> initial;

		Scenario(Supplier<State> initial) {
			this.initial = initial;
		}

	}

	@ParameterizedTest
	@EnumSource
	void nothingStandsStill(Scenario scenario) {
		assertThat(new Walk(new ProgressModel(null), scenario.initial.get()).standStill()).isEmpty();
	}

	@Test
	@Tag("stress")
	void nothingStandsStillAfterThreeItems() {
		State initial = State.initial(3, 1).withSpareWorker();
		assertThat(new Walk(new ProgressModel(null), initial).standStill()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void somethingStandsStillWithoutTheRule(Rule leftOut) {
		List<String> trace = new ArrayList<>();
		for (Scenario scenario : Scenario.values()) {
			if (trace.isEmpty()) {
				trace.addAll(new Walk(new ProgressModel(leftOut), scenario.initial.get()).standStill());
			}
		}
		assertThat(trace).as("a way to a stand-still without %s", leftOut).isNotEmpty();
	}

	/** Every state that can be reached, and the steps that lead from one to another. */
	private static final class Walk {

		private final ProgressModel model;

		private final Map<String, Integer> numbers = new HashMap<>();

		private final Deque<State> unvisited = new ArrayDeque<>();

		/** By number: the state that it was first reached from, and how. */
		private final List<Integer> origins = new ArrayList<>();

		private final List<String> steps = new ArrayList<>();

		/** By number: the states that lead to it by a step of a thread. */
		private final List<int[]> before = new ArrayList<>();

		private final BitSet goesOn = new BitSet();

		Walk(ProgressModel model, State initial) {
			this.model = model;
			reach(initial, -1, "");
			for (int number = 0; !this.unvisited.isEmpty(); number++) {
				visit(this.unvisited.remove(), number);
			}
		}

		private void visit(State state, int number) {
			for (int thread = 0; thread < ProgressModel.THREADS; thread++) {
				String step = "thread " + thread + " " + state.at[thread];
				for (State next : this.model.steps(state, thread)) {
					int reached = reach(next, number, step);
					this.before.set(reached, append(this.before.get(reached), number));
				}
			}
			this.model.happenings(state).forEach((next) -> reach(next, number, "a handler sleeps, wakes or ends"));
		}

		private int reach(State state, int origin, String step) {
			int fresh = this.numbers.size();
			Integer known = this.numbers.putIfAbsent(state.key(), fresh);
			if (known != null) {
				return known;
			}
			this.unvisited.add(state);
			this.origins.add(origin);
			this.steps.add(step.intern());
			this.before.add(new int[0]);
			this.goesOn.set(fresh, !state.standsStill());
			return fresh;
		}

		private static int[] append(int[] numbers, int number) {
			int[] longer = new int[numbers.length + 1];
			System.arraycopy(numbers, 0, longer, 0, numbers.length);
			longer[numbers.length] = number;
			return longer;
		}

		/** A way to a state from which no steps of threads lead on; empty if none. */
		List<String> standStill() {
			Deque<Integer> todo = new ArrayDeque<>();
			this.goesOn.stream().forEach(todo::add);
			while (!todo.isEmpty()) {
				for (int earlier : this.before.get(todo.remove())) {
					if (!this.goesOn.get(earlier)) {
						this.goesOn.set(earlier);
						todo.add(earlier);
					}
				}
			}
			int stuck = this.goesOn.nextClearBit(0);
			return (stuck < this.numbers.size()) ? wayTo(stuck) : List.of();
		}

		private List<String> wayTo(int state) {
			List<String> way = new ArrayList<>();
			for (int i = state; i > 0; i = this.origins.get(i)) {
				way.add(0, this.steps.get(i));
			}
			return way;
		}

	}

}
