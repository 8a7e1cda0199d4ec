package io.github.workqueue.durable.model;

import org.jspecify.annotations.Nullable;

/**
 * What one statement makes of a row. Each step is what the store does in one transaction.
 */
final class RowSteps {

	private final Fault fault;

	RowSteps(Fault fault) {
		this.fault = fault;
	}

	/** Merges a request into the row, or makes the row. */
	ModelState request(ModelState before, int index) {
		ModelState state = before.limited(before.limits().lessRequests());
		ModelKey key = state.key(index);
		ModelRow row = key.row();
		if (row != null && row.refused()) {
			return state;
		}
		if (row == null) {
			ModelState drawn = state.draw();
			return drawn.with(index, key.request().withRow(new ModelRow(false, first(drawn), false, false)));
		}
		if (this.fault == Fault.REQUEST_BUMPS_VERSION) {
			state = state.draw();
			row = row.withVersion(state.sequence());
		}
		return state.with(index, key.request().withRow(row.picked() ? row.withNext(true) : row));
	}

	private long first(ModelState state) {
		return (this.fault == Fault.VERSION_STARTS_AGAIN) ? 1 : state.sequence();
	}

	/** Picks a row for an instance, with a version of its own. */
	ModelState claim(ModelState before, int index, int instance) {
		ModelState state = before.draw();
		ModelKey key = state.key(index);
		ModelRow row = key.row();
		if (row == null || row.picked()) {
			throw new IllegalArgumentException("only a row that is not picked can be claimed");
		}
		long version = (this.fault == Fault.VERSION_STARTS_AGAIN) ? row.version() + 1 : state.sequence();
		if (version <= key.token()) {
			throw new Violation("a later run of a key has a greater version");
		}
		ModelRun run = new ModelRun(instance, version, false, false, 0);
		return state.with(index, key.withRow(row.pick(version)).claimed(run));
	}

	/** Calls the handler, unless the lease has expired since the claim. */
	ModelState start(ModelState state, int index, ModelRun run) {
		ModelKey key = state.key(index);
		if (run.lost() && this.fault != Fault.NO_LEASE_CHECK) {
			return giveBack(state, index, run);
		}
		if (key.runs().stream().anyMatch(ModelRun::isExclusive)) {
			throw new Violation("two runs of a key overlap only if a lease expired under the first of them");
		}
		return state.with(index, key.replace(run, run.start(key.requested())));
	}

	/** Makes a claimed row pending again, if it still is the instance's. */
	ModelState giveBack(ModelState before, int index, ModelRun run) {
		ModelState state = before.draw();
		ModelKey key = state.key(index).without(run);
		ModelRow row = key.row();
		if (!holds(row, run) || row == null) {
			return state.with(index, key);
		}
		return state.with(index, row.refused() ? drop(key) : key.withRow(row.unpick(state.sequence())));
	}

	/** A cancellation that waits refused the claim: it never started. */
	private static ModelKey drop(ModelKey key) {
		return key.withRow(null).cancelTo(key.served());
	}

	/** Ends a successful run. */
	ModelState succeed(ModelState before, int index, ModelRun run) {
		ModelState state = before.draw();
		ModelKey key = state.key(index);
		ModelRow row = key.row();
		boolean holds = holds(row, run);
		check(key, run, holds);
		ModelKey left = key.without(run);
		if (row == null || !holds) {
			return state.with(index, left);
		}
		left = left.serve(run.seen());
		boolean again = row.next() && this.fault != Fault.DELETE_IGNORES_NEXT;
		return state.with(index, left.withRow(again ? row.unpick(state.sequence()) : null));
	}

	/** Ends a failed run that is to be tried again. */
	ModelState fail(ModelState before, int index, ModelRun run) {
		ModelState state = before.draw().limited(before.limits().lessFailures());
		ModelKey key = state.key(index);
		ModelRow row = key.row();
		boolean holds = holds(row, run);
		check(key, run, holds);
		ModelKey left = key.without(run);
		if (row == null || !holds) {
			return state.with(index, left);
		}
		if (row.refused()) {
			return state.with(index, left.withRow(null).serve(run.seen()));
		}
		boolean dropped = this.fault == Fault.RETRY_DROPS_ROW;
		return state.with(index, left.withRow(dropped ? null : row.unpick(state.sequence())));
	}

	private boolean holds(@Nullable ModelRow row, ModelRun run) {
		return row != null && (row.version() == run.version() || this.fault == Fault.COMPLETION_IGNORES_VERSION);
	}

	private static void check(ModelKey key, ModelRun run, boolean holds) {
		ModelRun holder = key.holder();
		if (holds && holder != null && !holder.equals(run)) {
			throw new Violation("only the holder of the version may end a run");
		}
		if (!holds && !run.lost()) {
			throw new Violation("a run whose lease lived ends its row");
		}
	}

	/** Makes the row of a lost claim or run pending again. */
	ModelState revive(ModelState before, int index) {
		ModelState state = before.draw();
		ModelKey key = state.key(index);
		ModelRow row = key.row();
		if (row == null) {
			throw new IllegalArgumentException("only a row can be revived");
		}
		if (row.refused()) {
			return state.with(index, drop(key));
		}
		long version = (this.fault == Fault.REVIVAL_KEEPS_VERSION) ? row.version() : state.sequence();
		return state.with(index, key.withRow(row.unpick(version)));
	}

	/** Removes what is pending. */
	ModelState cancel(ModelState before, int index) {
		ModelState state = before.limited(before.limits().lessCancels());
		return state.with(index, cancelled(state.key(index)));
	}

	private ModelKey cancelled(ModelKey key) {
		ModelRow row = key.row();
		if (row == null) {
			return key;
		}
		if (!row.picked() || this.fault == Fault.CANCEL_DELETES_RUNNING) {
			return key.withRow(null).cancelTo(key.served());
		}
		ModelRun holder = key.holder();
		boolean running = holder != null && holder.started();
		return key.withRow(row.withNext(false)).cancelTo(running ? holder.seen() : key.requested());
	}

	/** Removes what is pending and refuses requests while the run goes on. */
	ModelState cancelSync(ModelState before, int index) {
		ModelState state = cancel(before, index);
		ModelKey key = state.key(index);
		ModelRow row = key.row();
		return (row != null) ? state.with(index, key.withRow(row.refuse()).refusing(true)) : state;
	}

	/** The wait has seen that nothing runs any more. */
	ModelState endWait(ModelState state, int index) {
		return state.with(index, state.key(index).refusing(false));
	}

}
