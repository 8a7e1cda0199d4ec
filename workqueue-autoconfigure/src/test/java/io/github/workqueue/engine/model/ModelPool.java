package io.github.workqueue.engine.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A pool whose workers wait in their handlers: each active item finds a worker, unless
 * the pool has one only.
 */
final class ModelPool {

	/** Whether there is one worker only. */
	final boolean oneAtATime;

	final boolean bh;

	/** Active instances that wait for a worker, oldest first. */
	final List<ModelInstance> worklist = new ArrayList<>();

	int running;

	ModelPool(boolean oneAtATime, boolean bh) {
		this.oneAtATime = oneAtATime;
		this.bh = bh;
	}

	boolean canTake() {
		return !this.worklist.isEmpty() && (!this.oneAtATime || this.running == 0);
	}

}
