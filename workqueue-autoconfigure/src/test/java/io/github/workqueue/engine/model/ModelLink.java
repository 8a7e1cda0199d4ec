package io.github.workqueue.engine.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a queue has in one pool: how many items are active, and who waits for that.
 */
final class ModelLink {

	final ModelQueue queue;

	final ModelPool pool;

	/** On the worklist, running, or following a run. */
	int active;

	final Deque<ModelInstance> inactive = new ArrayDeque<>();

	ModelLink(ModelQueue queue, ModelPool pool) {
		this.queue = queue;
		this.pool = pool;
	}

	boolean isEmpty() {
		return this.active == 0 && this.inactive.isEmpty();
	}

	void enter(ModelInstance instance, int limit) {
		this.queue.adds++;
		instance.link = this;
		if (this.inactive.isEmpty() && this.active < limit) {
			activate(instance);
		}
		else {
			this.inactive.add(instance);
		}
	}

	private void activate(ModelInstance instance) {
		this.active++;
		instance.active = true;
		this.pool.worklist.add(instance);
	}

	void activateWaiting(int limit) {
		while (this.active < limit && !this.inactive.isEmpty()) {
			activate(this.inactive.remove());
		}
	}

	/** Takes out an instance that has not started. */
	void remove(ModelInstance instance, int limit) {
		if (!instance.active) {
			this.inactive.remove(instance);
		}
		else {
			this.active--;
			ModelRun run = instance.item.run;
			if (run != null && run.follower == instance) {
				run.follower = null;
			}
			this.pool.worklist.remove(instance);
		}
		activateWaiting(limit);
	}

}
