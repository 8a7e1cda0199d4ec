package io.github.workqueue.engine;

import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import org.jspecify.annotations.Nullable;

/**
 * A work item with a timer ({@code struct delayed_work}).
 */
class EngineDelayedWorkItem extends EngineWorkItem implements DelayedWorkItem {

	/** Why a timer is armed: decides what becomes of it at close. */
	enum Kind {

		/** A delay was asked for. */
		PLAIN,

		/** The request was accepted now and waits for others to join. */
		DEBOUNCE,

		/** The last attempt failed. */
		RETRY

	}

	@Confined("the writer of the state word")
	Kind kind = Kind.PLAIN;

	@Confined("the writer of the state word")
	long dueAt;

	/** How far a debounced request may be postponed. */
	@Confined("the writer of the state word")
	long limitAt;

	/** The queue that the timer puts it on; the home queue if null. */
	@Confined("the writer of the state word")
	@Nullable EngineWorkqueue target;

	@Confined("the writer of the state word")
	int cpu = EngineWorkqueue.ANY_CPU;

	EngineDelayedWorkItem(WorkDefinition definition) {
		super(definition);
	}

	final EngineWorkqueue target() {
		EngineWorkqueue target = this.target;
		return (target != null) ? target : home();
	}

	/** Remembers where the timer puts the item. The caller owns it. */
	final void aim(EngineWorkqueue queue, int cpu) {
		if (this.target != queue) {
			this.target = queue;
		}
		this.cpu = cpu;
	}

	/**
	 * Remembers why and until when its timer is armed. The caller holds the timer lock.
	 */
	final void due(Kind kind, long dueAt) {
		if (this.kind != kind) {
			this.kind = kind;
		}
		this.dueAt = dueAt;
	}

	/**
	 * The attempt that the calling worker has just made failed and wants another.
	 * @return false if there is none, since the item was disabled or its queue has ended
	 */
	final boolean retry(Duration delay, @Nullable Object captured, QueueLink link, int attempt) {
		this.attempts = attempt;
		if (home().requests.retry(this, delay, captured)) {
			link.pool.items.countRetry(link);
			return true;
		}
		if (isPending()) {
			return true;
		}
		forgetAttempts();
		return false;
	}

	@Override
	public final boolean schedule(Duration delay) {
		return home().requests.queueDelayed(this, EngineWorkqueue.ANY_CPU, delay);
	}

	@Override
	public final boolean modify(Duration delay) {
		return home().requests.modDelayed(this, EngineWorkqueue.ANY_CPU, delay);
	}

	@Override
	public final boolean debounce(Duration delay, @Nullable Duration maxWait) {
		return home().requests.debounce(this, delay, maxWait);
	}

}
