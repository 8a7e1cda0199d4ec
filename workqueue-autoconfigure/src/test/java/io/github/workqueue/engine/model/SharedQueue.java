package io.github.workqueue.engine.model;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;

/**
 * A queue of a crowd, and handlers on it that stay until they are let go.
 */
final class SharedQueue {

	private static final int ALL = 1 << 20;

	final Workqueue queue;

	final QueueDraft draft;

	private final boolean stays;

	private final WorkqueueEngine engine;

	private final Semaphore permits = new Semaphore(0);

	private final AtomicInteger inside = new AtomicInteger();

	/** How many handlers stay, or may come to stay. */
	private final AtomicInteger staying = new AtomicInteger();

	private volatile boolean overlapped;

	/**
	 * Allocates the queue.
	 * @param stays whether handlers may stay: else they would take the only worker
	 */
	SharedQueue(WorkqueueEngine engine, QueueDraft draft, boolean stays) {
		this.engine = engine;
		this.stays = stays && !draft.isBh();
		this.draft = draft;
		this.queue = engine.alloc(draft.spec());
	}

	/** Queues an item that stays, if some may. */
	void stay() {
		if (!this.stays) {
			return;
		}
		this.staying.incrementAndGet();
		boolean accepted = false;
		try {
			accepted = this.queue.queue(this.engine.initWork("staying", this.queue, (work) -> {
				enter();
				this.permits.acquire();
				this.staying.decrementAndGet();
				leave();
			}));
		}
		finally {
			if (!accepted) {
				this.staying.decrementAndGet();
			}
		}
	}

	void execute() {
		this.queue.asExecutor().execute(() -> {
			enter();
			leave();
		});
	}

	/** A handler begins. */
	void enter() {
		this.overlapped |= this.inside.incrementAndGet() > 1;
	}

	/** A handler ends. */
	void leave() {
		this.inside.decrementAndGet();
	}

	void letGo(int count) {
		this.permits.release(count);
	}

	void open() {
		this.permits.release(ALL);
	}

	void changeLimit(int maxActive) {
		if (!this.draft.isBh() && !this.draft.isOrdered()) {
			this.queue.setMaxActive(maxActive);
		}
	}

	/** Whether a place is free for an item that comes, whatever else waits. */
	boolean hasRoom() {
		return this.draft.isBh() || this.staying.get() < this.queue.maxActive();
	}

	/** Whether two handlers ran at the same time although the queue is ordered. */
	boolean hasOverlapped() {
		return this.draft.isOrdered() && this.overlapped;
	}

	@Override
	public String toString() {
		return this.draft + " with maxActive " + this.queue.maxActive() + " and " + this.staying + " that stay";
	}

}
