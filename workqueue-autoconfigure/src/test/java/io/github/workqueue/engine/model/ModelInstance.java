package io.github.workqueue.engine.model;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A pending instance of an item: armed, waiting for {@code max_active}, or active and
 * waiting for a worker.
 */
final class ModelInstance {

	final ModelItem item;

	final ModelQueue target;

	/** The CPU asked for, or -1. */
	final int cpu;

	/** Where it is queued; null while it is armed. */
	@Nullable ModelLink link;

	boolean active;

	/** When its timer is due, while it is armed. */
	long dueAt;

	boolean debounced;

	/** How far a debounced instance may be postponed. */
	long limitAt;

	final List<ModelWait> waits = new ArrayList<>();

	ModelInstance(ModelItem item, ModelQueue target, int cpu) {
		this.item = item;
		this.target = target;
		this.cpu = cpu;
	}

	boolean isArmed() {
		return this.link == null;
	}

}
