package io.github.workqueue.engine;

import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * What one queue has in one pool ({@code struct pool_workqueue}): which of its items are
 * active, which wait for {@code max_active}, what a flush waits for, and the totals.
 * <p>
 * Active are the items on the pool's worklist and those that run. An item becomes active
 * when it enters, if no other waits and a slot is free; else it waits in line. An active
 * item that leaves makes room for the first in line, so items become active in the order
 * in which they entered, whatever happens to the limit.
 */
final class QueueLink {

	final EngineWorkqueue queue;

	final WorkerPool pool;

	/** The lock of the pool, under the name that the annotations here refer to. */
	private final PoolLock lock;

	@GuardedBy("lock")
	private final WorkList inactive = new WorkList();

	@GuardedBy("lock")
	private final FlushColors colors;

	@GuardedBy("lock")
	private int active;

	@GuardedBy("lock")
	private long adds;

	@GuardedBy("lock")
	private long started;

	@GuardedBy("lock")
	private long completed;

	@GuardedBy("lock")
	private long failed;

	@GuardedBy("lock")
	private long retries;

	@GuardedBy("lock")
	private long cpuNanos;

	@GuardedBy("lock")
	private long cpuIntensive;

	@GuardedBy("lock")
	private long cmWakeup;

	@GuardedBy("lock")
	private long mayday;

	@GuardedBy("lock")
	private long rescued;

	QueueLink(EngineWorkqueue queue, WorkerPool pool) {
		this.queue = queue;
		this.pool = pool;
		this.lock = pool.lock;
		this.colors = new FlushColors(pool.lock);
	}

	/** Takes in an item from the inbox. */
	@GuardedBy("lock")
	void enter(EngineWorkItem item) {
		this.adds++;
		item.color = this.colors.enter();
		if (this.inactive.isEmpty() && this.active < this.queue.limit()) {
			activate(item);
		}
		else {
			this.inactive.append(item);
		}
	}

	@GuardedBy("lock")
	private void activate(EngineWorkItem item) {
		this.active++;
		this.pool.worklist.append(item);
	}

	/** Activates what the limit allows, after it was raised or a slot became free. */
	@GuardedBy("lock")
	void activateWaiting() {
		int limit = this.queue.limit();
		while (this.active < limit && !this.inactive.isEmpty()) {
			EngineWorkItem first = this.inactive.poll();
			assert first != null;
			activate(first);
		}
	}

	/** Takes out an item that has not started: cancelled, moved or refused after all. */
	@GuardedBy("lock")
	void remove(EngineWorkItem item) {
		WorkList list = item.list;
		assert list != null;
		list.remove(item);
		if (list != this.inactive) {
			this.active--;
		}
		leaveColor(item);
		activateWaiting();
	}

	@GuardedBy("lock")
	private void leaveColor(EngineWorkItem item) {
		FlushColors.Color color = item.color;
		assert color != null;
		item.color = null;
		this.colors.leave(color);
	}

	@GuardedBy("lock")
	void started() {
		this.started++;
	}

	/** Lets go of an item that has run; its colour is the worker's by then. */
	@GuardedBy("lock")
	void completed(FlushColors.Color color, boolean failure) {
		this.completed++;
		if (failure) {
			this.failed++;
		}
		this.active--;
		this.colors.leave(color);
		activateWaiting();
	}

	/** Gives a running item a colour that no flush waits for; returns that. */
	@GuardedBy("lock")
	FlushColors.Color detach(FlushColors.Color color) {
		this.colors.leave(color);
		return this.colors.uncounted();
	}

	@GuardedBy("lock")
	void retried() {
		this.retries++;
	}

	@GuardedBy("lock")
	void burned(long nanos) {
		this.cpuNanos += nanos;
	}

	@GuardedBy("lock")
	void hogged() {
		this.cpuIntensive++;
	}

	@GuardedBy("lock")
	void wokeAnother() {
		this.cmWakeup++;
	}

	@GuardedBy("lock")
	void calledRescuer() {
		this.mayday++;
	}

	@GuardedBy("lock")
	void rescued() {
		this.rescued++;
	}

	/** Makes the completion wait for everything that has entered. */
	@GuardedBy("lock")
	void flush(Completion completion) {
		this.colors.flush(completion);
	}

	@GuardedBy("lock")
	boolean isEmpty() {
		return this.active == 0 && this.inactive.isEmpty();
	}

	@GuardedBy("lock")
	boolean hasInactive() {
		return !this.inactive.isEmpty();
	}

	@GuardedBy("lock")
	int active() {
		return this.active;
	}

	@GuardedBy("lock")
	WorkList inactive() {
		return this.inactive;
	}

	@GuardedBy("lock")
	int inFlight() {
		return this.colors.inFlight();
	}

	/** Adds these totals to a sum over the links of a queue. */
	@GuardedBy("lock")
	void addTo(QueueTotals sum) {
		long running = this.started - this.completed;
		sum.running += running;
		sum.inactive += this.inactive.size();
		sum.pending += this.active - running + this.inactive.size();
		sum.adds += this.adds;
		sum.started += this.started;
		sum.completed += this.completed;
		sum.failed += this.failed;
		sum.retries += this.retries;
		sum.cpuMicros += TimeUnit.NANOSECONDS.toMicros(this.cpuNanos);
		sum.cpuIntensive += this.cpuIntensive;
		sum.cmWakeup += this.cmWakeup;
		sum.mayday += this.mayday;
		sum.rescued += this.rescued;
	}

}
