package io.github.workqueue.engine.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Items, queues, pools, timers and waits, and what happens by itself: items start, timers
 * fire, waits end. One thing after the other, until nothing more happens.
 */
final class ModelState {

	final int cpus;

	final List<ModelQueue> queues = new ArrayList<>();

	final List<ModelItem> items = new ArrayList<>();

	/** Calls that have begun to wait, in the order of their begin. */
	final List<ModelWait> waits = new ArrayList<>();

	private final List<ModelInstance> armed = new ArrayList<>();

	private final Map<String, ModelPool> pools = new HashMap<>();

	private final boolean oneWorker;

	boolean frozen;

	long now;

	/**
	 * Makes the state of a fresh engine.
	 * @param oneWorker whether no pool has more than one worker
	 */
	ModelState(int cpus, boolean oneWorker) {
		this.cpus = cpus;
		this.oneWorker = oneWorker;
		this.queues.add(alloc(QueueDraft.system()));
	}

	/** Makes a queue; the caller adds it. */
	ModelQueue alloc(QueueDraft draft) {
		ModelQueue queue = new ModelQueue(draft);
		for (int cpu = 0; cpu < (draft.isPerCpu() ? this.cpus : 1); cpu++) {
			ModelPool pool = this.pools.computeIfAbsent(draft.poolName() + cpu,
					(name) -> new ModelPool(this.oneWorker || draft.isBh(), draft.isBh()));
			queue.links.add(new ModelLink(queue, pool));
		}
		return queue;
	}

	int limit(ModelQueue queue) {
		return queue.limit(this.frozen);
	}

	// ---- pending instances ----

	void arm(ModelItem item, ModelQueue target, int cpu, long nanos, boolean debounced, long limit) {
		ModelInstance instance = new ModelInstance(item, target, cpu);
		item.pending = instance;
		if (nanos == 0) {
			insert(instance);
			return;
		}
		instance.dueAt = this.now + nanos;
		instance.debounced = debounced;
		instance.limitAt = limit;
		this.armed.add(instance);
	}

	void insert(ModelInstance instance) {
		this.armed.remove(instance);
		ModelRun run = instance.item.run;
		ModelLink link = (run != null && run.link.queue == instance.target) ? run.link
				: instance.target.link(instance.cpu);
		instance.target.pending++;
		link.enter(instance, limit(instance.target));
	}

	/** Takes the pending instance away; who waits for it goes on. */
	void remove(ModelItem item) {
		ModelInstance instance = item.pending;
		item.pending = null;
		if (instance.isArmed()) {
			this.armed.remove(instance);
		}
		else {
			instance.target.pending--;
			instance.link.remove(instance, limit(instance.target));
		}
		instance.waits.forEach(ModelWait::reached);
	}

	void cancelTimers(ModelQueue queue) {
		List.copyOf(this.armed).stream().filter((instance) -> instance.target == queue).forEach((instance) -> {
			this.armed.remove(instance);
			instance.item.pending = null;
		});
	}

	/** How many timers of a queue are armed. */
	long delayed(ModelQueue queue) {
		return this.armed.stream().filter((instance) -> instance.target == queue).count();
	}

	boolean hasTimers() {
		return !this.armed.isEmpty();
	}

	// ---- executions ----

	/** The handler of an item returns or throws. */
	void end(ModelRun run, boolean failed) {
		ModelLink link = run.link;
		link.queue.completed++;
		link.queue.failed += failed ? 1 : 0;
		link.queue.running--;
		link.pool.running--;
		link.active--;
		run.item.run = null;
		run.waits.forEach(ModelWait::reached);
		link.activateWaiting(limit(link.queue));
		ModelInstance follower = run.follower;
		if (follower != null) {
			start(follower);
		}
	}

	private void start(ModelInstance instance) {
		ModelItem item = instance.item;
		ModelLink link = instance.link;
		ModelRun run = new ModelRun(item, link);
		run.waits.addAll(instance.waits);
		item.pending = null;
		item.run = run;
		item.started++;
		link.queue.pending--;
		link.queue.running++;
		link.queue.started++;
		link.queue.starts.add(item.name);
		link.pool.running++;
		if (item.passing) {
			end(run, false);
		}
	}

	// ---- what happens by itself ----

	/** Lets everything happen that can happen now. */
	void settle() {
		boolean moved = true;
		while (moved) {
			moved = fire() | takeItems() | endWaits();
		}
	}

	private boolean fire() {
		List<ModelInstance> due = this.armed.stream()
			.filter((instance) -> instance.dueAt <= this.now)
			.sorted(Comparator.comparingLong((instance) -> instance.dueAt))
			.toList();
		due.forEach(this::insert);
		return !due.isEmpty();
	}

	private boolean takeItems() {
		boolean taken = false;
		for (ModelPool pool : this.pools.values()) {
			while (pool.canTake()) {
				taken = true;
				ModelInstance first = pool.worklist.remove(0);
				ModelRun run = first.item.run;
				if (run != null) {
					run.follower = first;
				}
				else {
					start(first);
				}
			}
		}
		return taken;
	}

	private boolean endWaits() {
		boolean ended = false;
		for (ModelWait wait : this.waits) {
			if (wait.outcome() == null && wait.isReached()) {
				wait.finish();
				ended = true;
			}
		}
		return ended;
	}

	/** Time-outs that are over end their waits. */
	void timeOut() {
		this.waits.stream()
			.filter((wait) -> wait.outcome() == null && wait.isLate(this.now))
			.forEach(ModelWait::timeOut);
	}

	/** A call that waits, by its number; null if there is none. */
	@Nullable ModelWait waiting(int number) {
		List<ModelWait> waiting = this.waits.stream().filter((wait) -> wait.outcome() == null).toList();
		return waiting.isEmpty() ? null : waiting.get(number % waiting.size());
	}

	/** Adds a wait for the end of all that is in a queue. */
	void expectAll(ModelQueue queue, ModelWait wait) {
		for (ModelItem item : this.items) {
			ModelInstance pending = item.pending;
			if (pending != null && !pending.isArmed() && pending.target == queue) {
				pending.waits.add(wait);
				wait.expect();
			}
			if (item.run != null && item.run.link.queue == queue) {
				item.run.waits.add(wait);
				wait.expect();
			}
		}
	}

}
