package io.github.workqueue.engine.model;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueState;
import io.github.workqueue.snapshot.WorkqueueStats;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is other than the model says. An engine that is on its way there
 * differs too; who compares waits.
 */
final class Comparison {

	private final ModelState state;

	private final EngineRun run;

	/** Who has started on each queue, in order, as listeners are told. */
	private final Starts starts;

	/** Totals of queues that are older than the program. */
	private final Map<ModelQueue, WorkqueueStats> before = new IdentityHashMap<>();

	Comparison(ModelState state, EngineRun run, Starts starts) {
		this.state = state;
		this.run = run;
		this.starts = starts;
		ModelQueue system = state.queues.get(0);
		this.before.put(system, run.engine.inspectWorkqueue(system.draft.name()).orElseThrow().stats());
	}

	/** What differs first, or null. */
	@Nullable String find() {
		String found = null;
		for (int i = 0; i < this.run.works.size() && found == null; i++) {
			found = inItem(this.run.works.get(i));
		}
		for (Map.Entry<ModelWait, Caller> entry : this.run.callers.entrySet()) {
			found = (found != null) ? found : inCaller(entry.getKey(), entry.getValue());
		}
		for (int i = 0; i < this.state.queues.size() && found == null; i++) {
			found = inQueue(this.state.queues.get(i));
		}
		return (found != null) ? found : inFreeze();
	}

	private static @Nullable String differs(String what, Object is, Object should) {
		return Objects.equals(is, should) ? null : what + " is " + is + ", but should be " + should;
	}

	private static @Nullable String inItem(Work work) {
		ModelItem model = work.model;
		String found = differs("the number of starts of " + model, work.started(), model.started);
		if (found == null) {
			found = differs(model + ".isRunning()", work.isRunning(), model.run != null);
		}
		if (found == null) {
			found = differs(model + ".isPending()", work.isPending(), model.pending != null);
		}
		if (found == null && work.hasOverlapped()) {
			found = model + " has run beside itself";
		}
		KeyedWork<Work> keyed = work.keyed;
		if (found == null && keyed != null) {
			found = differs("the size of " + keyed, keyed.size(), model.isIdle() ? 0 : 1);
		}
		return found;
	}

	private static @Nullable String inCaller(ModelWait wait, Caller caller) {
		String found = differs("what the waiting call has returned", caller.outcome(), wait.outcome());
		return (found == null && wait.outcome() == null) ? differs("that the call waits", caller.isWaiting(), true)
				: found;
	}

	private @Nullable String inQueue(ModelQueue model) {
		String name = model.draft.name();
		if (model.destroyed) {
			return differs("that " + name + " is known", this.run.engine.find(name).isPresent(), false);
		}
		Workqueue queue = this.run.queue(model);
		WorkqueueSnapshot is = this.run.engine.inspectWorkqueue(name).orElseThrow();
		String found = differs(name, figures(is, this.before.get(model)), figures(model));
		if (found == null) {
			found = differs(name + ".maxActive()", queue.maxActive(), model.maxActive);
		}
		if (found == null) {
			found = differs(name + ".isCongested()", queue.isCongested(), model.inactive() > 0);
		}
		if (found == null && model.draft.kind() == QueueDraft.Kind.UNBOUND) {
			found = differs(name + ".minActive()", queue.minActive(), model.minActive);
		}
		boolean inOrder = model.draft.isOrdered() || (model.draft.isBh() && model.links.size() == 1);
		return (found == null && inOrder)
				? differs("the order of starts on " + name, this.starts.on(queue), model.starts) : found;
	}

	private static String figures(WorkqueueSnapshot is, @Nullable WorkqueueStats before) {
		WorkqueueStats stats = is.stats();
		List<Long> totals = (before == null)
				? List.of(stats.adds(), stats.coalesced(), stats.started(), stats.completed(), stats.failed(),
						stats.retries())
				: List.of(stats.adds() - before.adds(), stats.coalesced() - before.coalesced(),
						stats.started() - before.started(), stats.completed() - before.completed(),
						stats.failed() - before.failed(), stats.retries() - before.retries());
		return figures(is.state(), is.pending(), is.inactive(), is.running(), is.delayed(), totals);
	}

	private String figures(ModelQueue model) {
		boolean frozen = this.state.frozen && model.draft.freezable();
		WorkqueueState state = (model.drains > 0) ? WorkqueueState.DRAINING
				: frozen ? WorkqueueState.FROZEN : WorkqueueState.ACTIVE;
		return figures(state, model.pending, model.inactive(), model.running, this.state.delayed(model),
				List.of(model.adds, model.coalesced, model.started, model.completed, model.failed, model.retries));
	}

	private static String figures(WorkqueueState state, long pending, long inactive, long running, long delayed,
			List<Long> totals) {
		return state + " with " + pending + " pending, " + inactive + " of them inactive, " + running + " running, "
				+ delayed + " delayed, [adds, coalesced, started, completed, failed, retries] " + totals;
	}

	private @Nullable String inFreeze() {
		boolean busy = this.state.frozen && this.state.queues.stream()
			.filter((queue) -> queue.draft.freezable() && !queue.destroyed)
			.flatMap((queue) -> queue.links.stream())
			.anyMatch((link) -> link.active > 0);
		String found = differs("isFrozen()", this.run.engine.isFrozen(), this.state.frozen);
		return (found != null) ? found : differs("isFreezeBusy()", this.run.engine.isFreezeBusy(), busy);
	}

}
