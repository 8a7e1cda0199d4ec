package io.github.workqueue.durable.model;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A key: its row, what instances do with it, and what must become of its requests.
 *
 * @param row its row; null if it is idle
 * @param runs what instances have claimed
 * @param requested the number of its last request that must be served
 * @param served the last request that a run has served, or that was cancelled
 * @param token the highest version that it was claimed with
 * @param refusing whether a caller waits and refuses requests
 */
record ModelKey(@Nullable ModelRow row, Set<ModelRun> runs, int requested, int served, long token, boolean refusing) {

	static final ModelKey IDLE = new ModelKey(null, Set.of(), 0, 0, 0, false);

	ModelKey withRow(@Nullable ModelRow row) {
		return new ModelKey(row, this.runs, this.requested, this.served, this.token, this.refusing);
	}

	ModelKey request() {
		return new ModelKey(this.row, this.runs, this.requested + 1, this.served, this.token, this.refusing);
	}

	/** Forgets the requests after the given one: they were cancelled. */
	ModelKey cancelTo(int request) {
		return new ModelKey(this.row, this.runs, request, Math.min(this.served, request), this.token, this.refusing);
	}

	ModelKey serve(int request) {
		return new ModelKey(this.row, this.runs, this.requested, Math.max(this.served, request), this.token,
				this.refusing);
	}

	ModelKey refusing(boolean refusing) {
		return new ModelKey(this.row, this.runs, this.requested, this.served, this.token, refusing);
	}

	ModelKey claimed(ModelRun run) {
		return new ModelKey(this.row, plus(run), this.requested, this.served, Math.max(this.token, run.version()),
				this.refusing);
	}

	ModelKey without(ModelRun run) {
		Set<ModelRun> left = new HashSet<>(this.runs);
		left.remove(run);
		return withRuns(left);
	}

	ModelKey replace(ModelRun run, ModelRun by) {
		return without(run).withRuns(without(run).plus(by));
	}

	ModelKey lose(int instance) {
		return withRuns(this.runs.stream()
			.map((run) -> (run.instance() == instance) ? run.lose() : run)
			.collect(Collectors.toSet()));
	}

	/** Returns who holds the row, or null if nobody does any more. */
	@Nullable ModelRun holder() {
		if (this.row == null || !this.row.picked()) {
			return null;
		}
		return this.runs.stream().filter((run) -> run.version() == this.row.version()).findAny().orElse(null);
	}

	private Set<ModelRun> plus(ModelRun run) {
		Set<ModelRun> more = new HashSet<>(this.runs);
		more.add(run);
		return more;
	}

	private ModelKey withRuns(Set<ModelRun> runs) {
		return new ModelKey(this.row, Set.copyOf(runs), this.requested, this.served, this.token, this.refusing);
	}

}
