package io.github.workqueue.durable.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All that two instances can do with two keys, in every order. Steps:
 * <ul>
 * <li>a request, a cancellation and one that waits, at any time;</li>
 * <li>an instance claims a row that is not picked, starts or gives back what it has
 * claimed, and ends what it has started, well or badly;</li>
 * <li>the lease of an instance expires, under all that it has claimed, and somebody
 * revives a row whose holder is lost; the lost run may still end.</li>
 * </ul>
 * Invariants, beside those that steps check:
 * <ul>
 * <li>a request that no run has served and nobody has cancelled has a row, and one that
 * the row's run could not see has made it pending again;</li>
 * <li>while a cancellation waits, a request does not make its key pending.</li>
 * </ul>
 */
final class RowModel {

	private static final int INSTANCES = 2;

	private final RowSteps steps;

	private final Set<ModelState> seen = new HashSet<>();

	private final Deque<ModelState> open = new ArrayDeque<>();

	RowModel(Fault fault) {
		this.steps = new RowSteps(fault);
	}

	/**
	 * Visits every state.
	 * @return their number
	 * @throws Violation if an invariant does not hold in one of them
	 */
	int explore(ModelState first) {
		reach(first);
		while (!this.open.isEmpty()) {
			ModelState state = this.open.pop();
			for (int index = 0; index < state.keys().size(); index++) {
				keySteps(state, index);
			}
			expiries(state);
		}
		return this.seen.size();
	}

	private void reach(ModelState state) {
		if (this.seen.add(state)) {
			state.keys().forEach(RowModel::check);
			this.open.push(state);
		}
	}

	private void keySteps(ModelState state, int index) {
		requests(state, index);
		ModelRow row = state.key(index).row();
		if (row != null && !row.picked()) {
			for (int instance = 0; instance < INSTANCES; instance++) {
				reach(this.steps.claim(state, index, instance));
			}
		}
		if (isOrphan(state.key(index))) {
			reach(this.steps.revive(state, index));
		}
		state.key(index).runs().forEach((run) -> runSteps(state, index, run, this::reach));
	}

	private void requests(ModelState state, int index) {
		if (state.limits().requests() > 0) {
			reach(this.steps.request(state, index));
		}
		if (state.limits().cancels() > 0) {
			reach(this.steps.cancel(state, index));
			reach(this.steps.cancelSync(state, index));
		}
		ModelKey key = state.key(index);
		if (key.refusing() && (key.row() == null || !key.row().picked())) {
			reach(this.steps.endWait(state, index));
		}
	}

	private void runSteps(ModelState state, int index, ModelRun run, Consumer<ModelState> reached) {
		if (!run.started()) {
			reached.accept(this.steps.start(state, index, run));
			if (state.limits().returns() > 0) {
				reached.accept(this.steps.giveBack(state.limited(state.limits().lessReturns()), index, run));
			}
			return;
		}
		reached.accept(this.steps.succeed(state, index, run));
		if (state.limits().failures() > 0) {
			reached.accept(this.steps.fail(state, index, run));
		}
	}

	private void expiries(ModelState state) {
		if (state.limits().expiries() == 0) {
			return;
		}
		for (int instance = 0; instance < INSTANCES; instance++) {
			int lost = instance;
			reach(state.withAll((key) -> key.lose(lost)).limited(state.limits().lessExpiries()));
		}
	}

	private static boolean isOrphan(ModelKey key) {
		ModelRow row = key.row();
		ModelRun holder = key.holder();
		return row != null && row.picked() && (holder == null || holder.lost());
	}

	private static void check(ModelKey key) {
		ModelRow row = key.row();
		if (row == null && key.served() < key.requested()) {
			throw new Violation("a request that is not served has a row");
		}
		ModelRun holder = key.holder();
		if (row != null && !row.isPending() && holder != null && holder.started() && holder.seen() < key.requested()) {
			throw new Violation("a request that the run could not see makes its key pending again");
		}
	}

}
