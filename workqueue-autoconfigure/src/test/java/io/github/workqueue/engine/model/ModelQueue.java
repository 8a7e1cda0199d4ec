package io.github.workqueue.engine.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A queue: its limits, its gate and its totals.
 */
final class ModelQueue {

	final QueueDraft draft;

	final List<ModelLink> links = new ArrayList<>();

	/** Items in the order in which they have started. */
	final List<String> starts = new ArrayList<>();

	int maxActive;

	int minActive;

	int drains;

	boolean destroyed;

	int pending;

	int running;

	long adds;

	long coalesced;

	long started;

	long completed;

	long failed;

	long retries;

	ModelQueue(QueueDraft draft) {
		this.draft = draft;
		this.maxActive = draft.maxActive();
		this.minActive = Math.min(draft.maxActive(), 8);
	}

	/** How many items may be active in one pool. */
	int limit(boolean frozen) {
		if (frozen && this.draft.freezable()) {
			return 0;
		}
		return this.draft.isBh() ? Integer.MAX_VALUE : this.maxActive;
	}

	boolean isEmpty() {
		return this.links.stream().allMatch(ModelLink::isEmpty);
	}

	boolean isFull() {
		return this.draft.maxPending() > 0 && this.pending >= this.draft.maxPending();
	}

	int inactive() {
		return this.links.stream().mapToInt((link) -> link.inactive.size()).sum();
	}

	/** The only link, the one of a CPU, or null if the engine chooses. */
	ModelLink link(int cpu) {
		return (this.links.size() == 1) ? this.links.get(0) : this.links.get(cpu);
	}

	boolean isChoiceOpen(int cpu) {
		return this.links.size() > 1 && cpu < 0;
	}

	@Override
	public String toString() {
		return this.draft.name();
	}

}
