package io.github.workqueue.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * A work item as the outcome table sees it: pending or not, running or not, a depth.
 */
final class ModelItem {

	/** What may be asked of an item. */
	enum Type {

		/** A WorkItem. */
		PLAIN,

		/** A DelayedWorkItem. */
		DELAYED,

		/** A key of a KeyedWork. */
		KEY,

		/** What an executor makes of a Runnable. */
		ANONYMOUS

	}

	final String name;

	final Type type;

	final ModelQueue home;

	/** Whether its handler ends by itself; else it stays until the program lets it go. */
	final boolean passing;

	int depth;

	/** How much of the depth belongs to callers that wait. */
	int holds;

	@Nullable ModelInstance pending;

	@Nullable ModelRun run;

	int started;

	ModelItem(String name, Type type, ModelQueue home, boolean passing) {
		this.name = name;
		this.type = type;
		this.home = home;
		this.passing = passing;
	}

	boolean isDelayed() {
		return this.type == Type.DELAYED || this.type == Type.KEY;
	}

	boolean isIdle() {
		return this.pending == null && this.run == null;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
