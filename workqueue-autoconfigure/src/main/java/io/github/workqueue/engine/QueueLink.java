package io.github.workqueue.engine;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What one queue has in one pool ({@code struct pool_workqueue}): which of its items are
 * active, which wait for {@code max_active}, what a flush waits for, and the totals.
 * <p>
 * Active are the items on the pool's worklist and those that run. An item becomes active
 * when it enters, if no other waits and a slot is free; else it waits in line. An active
 * item that leaves makes room for the first in line, so items become active in the order
 * in which they entered, whatever happens to the limit.
 * <p>
 * All methods are called by the holder of the pool's lock.
 */
final class QueueLink {

	final EngineWorkqueue queue;

	final WorkerPool pool;

	@PoolLocked
	private final WorkList inactive = new WorkList();

	@PoolLocked
	private final FlushColors colors;

	@PoolLocked
	private int active;

	@PoolLocked
	private long adds;

	@PoolLocked
	private long started;

	@PoolLocked
	private long completed;

	@PoolLocked
	private long failed;

	@PoolLocked
	private long retries;

	@PoolLocked
	private long cpuNanos;

	@PoolLocked
	private long cpuIntensive;

	@PoolLocked
	private long cmWakeup;

	@PoolLocked
	private long mayday;

	@PoolLocked
	private long rescued;

	QueueLink(EngineWorkqueue queue, WorkerPool pool) {
		this.queue = queue;
		this.pool = pool;
		this.colors = new FlushColors();
	}

	/** Takes in an item from the inbox. */
	void enter(EngineWorkItem item) {
		assert this.pool.lock.isHeldByCurrentThread();
		item.entered = ++this.adds;
		item.paint(this.colors.enter());
		if (this.inactive.isEmpty() && this.active < this.queue.limit()) {
			activate(item);
		}
		else {
			this.inactive.append(item);
		}
	}

	private void activate(EngineWorkItem item) {
		this.active++;
		this.pool.worklist.append(item);
		FlightEvents.activated(item, this.queue);
	}

	/** Activates what the limit allows, after it was raised or a slot became free. */
	void activateWaiting() {
		int limit = this.queue.limit();
		while (this.active < limit && !this.inactive.isEmpty()) {
			activate(Objects.requireNonNull(this.inactive.poll()));
		}
	}

	/** Takes out an item that has not started: cancelled, moved or refused after all. */
	void remove(EngineWorkItem item) {
		assert this.pool.lock.isHeldByCurrentThread();
		WorkList list = Objects.requireNonNull(item.list);
		list.remove(item);
		if (list != this.inactive) {
			this.active--;
		}
		leaveColor(item);
		activateWaiting();
	}

	private void leaveColor(EngineWorkItem item) {
		FlushColors.Color color = Objects.requireNonNull(item.color);
		this.colors.leave(color);
	}

	void started() {
		this.started++;
	}

	/** Lets go of an item that has run; its colour is the worker's by then. */
	void completed(FlushColors.Color color, boolean failure) {
		this.completed++;
		if (failure) {
			this.failed++;
		}
		this.active--;
		this.colors.leave(color);
		activateWaiting();
	}

	void retried() {
		this.retries++;
	}

	void burned(long nanos) {
		this.cpuNanos += nanos;
	}

	void hogged() {
		this.cpuIntensive++;
	}

	void wokeAnother() {
		this.cmWakeup++;
	}

	void calledRescuer() {
		this.mayday++;
	}

	void rescued() {
		this.rescued++;
	}

	/** Makes the completion wait for everything that has entered. */
	void flush(Completion completion) {
		this.colors.flush(completion);
	}

	boolean isEmpty() {
		return this.active == 0 && this.inactive.isEmpty();
	}

	/** Whether nothing is here but what the worker executes. */
	boolean isEmptyBut(@Nullable Worker self) {
		boolean own = self != null && self.currentLink() == this;
		return own ? this.active <= 1 && this.inactive.isEmpty() : isEmpty();
	}

	/** How many items have ever entered. */
	long entered() {
		return this.adds;
	}

	boolean hasInactive() {
		return !this.inactive.isEmpty();
	}

	int active() {
		return this.active;
	}

	WorkList inactive() {
		return this.inactive;
	}

	int inFlight() {
		return this.colors.inFlight();
	}

	/** Adds these totals to a sum over the links of a queue. */
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
