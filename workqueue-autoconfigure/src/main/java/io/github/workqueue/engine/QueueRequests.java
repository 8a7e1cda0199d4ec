package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;

import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.engine.Completion.Barrier;
import io.github.workqueue.engine.EngineDelayedWorkItem.Kind;
import io.github.workqueue.engine.WorkState.Take;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the requests to a queue ({@code __queue_work},
 * {@code __queue_delayed_work}, {@code mod_delayed_work_on}).
 * <p>
 * A request captures what the execution needs; then, in one section of the engine's
 * {@link Transit}, it asks the {@link QueueGate}, takes the item, lets the
 * {@link PoolChoice} pick a pool and puts the item there, or arms its timer; then it sees
 * to a worker and tells the listener. User code is called before and after the section
 * only. A request for an item that is pending or disabled begins none.
 */
final class QueueRequests {

	private static final Runnable NOTHING = () -> {
	};

	private static final System.Logger logger = System.getLogger(EngineWorkqueue.class.getName());

	private final EngineWorkqueue queue;

	private final WorkqueueEngine engine;

	private final Transit transit;

	private final QueueGate gate;

	private final StripedCounter coalesced = new StripedCounter();

	QueueRequests(EngineWorkqueue queue) {
		this.queue = queue;
		this.engine = queue.engine;
		this.transit = queue.engine.transit;
		this.gate = queue.gate();
	}

	boolean queue(EngineWorkItem item, int cpu) {
		return tryQueue(item, cpu) == Take.TAKEN;
	}

	boolean queueDelayed(EngineDelayedWorkItem item, int cpu, Duration delay) {
		return tryQueueDelayed(item, cpu, Durations.nanos("delay", delay)) == Take.TAKEN;
	}

	boolean modDelayed(EngineDelayedWorkItem item, int cpu, Duration delay) {
		return tryModDelayed(item, cpu, Durations.nanos("delay", delay)) == Take.PENDING;
	}

	boolean debounce(EngineDelayedWorkItem item, Duration delay, @Nullable Duration maxWait) {
		long limit = (maxWait != null) ? Durations.nanos("maxWait", maxWait) : Long.MAX_VALUE;
		return tryDebounce(item, Durations.nanos("delay", delay), limit) == Take.TAKEN;
	}

	Take tryQueue(EngineWorkItem item, int cpu) {
		return refused(tryQueueIdle(item, cpu));
	}

	/** Queues an idle item if it may be pending. */
	private Take tryQueueIdle(EngineWorkItem item, int cpu) {
		PendingLimit limit = this.queue.pendingLimit;
		if (limit == null || !limit.acquire(item, this.queue)) {
			return tryQueue(item, cpu, false);
		}
		Take take = null;
		try {
			take = tryQueue(item, cpu, true);
			return take;
		}
		finally {
			if (take != Take.TAKEN) {
				this.queue.notPending();
			}
		}
	}

	private Take tryQueue(EngineWorkItem item, int cpu, boolean permit) {
		Take take = look(item);
		if (take != Take.TAKEN) {
			return take;
		}
		Object captured = item.definition.capture();
		WorkerPool pool = null;
		boolean first = false;
		int section = this.transit.enter();
		try {
			take = take(item, captured);
			if (take == Take.TAKEN) {
				pool = this.queue.choosePool(item, cpu);
				first = put(item, pool, cpu, permit);
			}
		}
		finally {
			this.transit.exit(section);
		}
		if (pool != null) {
			pushed(item, pool, first);
		}
		return take;
	}

	Take tryQueueDelayed(EngineDelayedWorkItem item, int cpu, long nanos) {
		return refused(tryPlace(item, cpu, nanos, Kind.PLAIN, 0));
	}

	/** Queues or arms an idle item. */
	private Take tryPlace(EngineDelayedWorkItem item, int cpu, long nanos, Kind kind, long limitNanos) {
		return (nanos == 0) ? tryQueueIdle(item, cpu) : tryArm(item, cpu, nanos, kind, limitNanos);
	}

	/**
	 * Arms an idle item, or queues it if the engine closes, whatever the limit of pending
	 * ones.
	 */
	private Take tryArm(EngineDelayedWorkItem item, int cpu, long nanos, Kind kind, long limitNanos) {
		Take take = look(item);
		if (take != Take.TAKEN) {
			return take;
		}
		Object captured = item.definition.capture();
		long limitAt = (kind == Kind.DEBOUNCE) ? limitAt(limitNanos) : 0;
		Runnable rest = NOTHING;
		int section = this.transit.enter();
		try {
			take = take(item, captured);
			if (take == Take.TAKEN) {
				item.limitAt = limitAt;
				rest = arm(item, cpu, nanos, kind);
			}
		}
		finally {
			this.transit.exit(section);
		}
		rest.run();
		return take;
	}

	private long limitAt(long limitNanos) {
		return this.engine.time.nanoTime() + Math.min(limitNanos, TimerQueue.MAX_DELAY_NANOS);
	}

	/** Returns PENDING if an instance was moved. */
	Take tryModDelayed(EngineDelayedWorkItem item, int cpu, long nanos) {
		for (;;) {
			Take take = tryPlace(item, cpu, nanos, Kind.PLAIN, 0);
			if (take != Take.PENDING) {
				return take;
			}
			long word = item.word();
			if (WorkState.isPending(word)) {
				if (tryMove(item, word, cpu, nanos)) {
					return take;
				}
				Cancellation.awaitOwner(item, word);
			}
		}
	}

	/** Moves an instance that is pending where the word says, or leaves it and throws. */
	private boolean tryMove(EngineDelayedWorkItem item, long word, int cpu, long nanos) {
		Runnable rest;
		int section = this.transit.enter();
		try {
			this.gate.check(item);
			if (nanos > 0 && this.engine.timers.move(item, nanos, this.queue, cpu)) {
				return true;
			}
			if (!Cancellation.steal(item, word)) {
				return false;
			}
			Barrier waiting = item.barriers;
			item.barriers = null;
			Barrier.completeAll(waiting);
			rest = arm(item, cpu, nanos, Kind.PLAIN);
		}
		finally {
			this.transit.exit(section);
		}
		Cancellation.stolen(item, word);
		rest.run();
		return true;
	}

	Take tryDebounce(EngineDelayedWorkItem item, long nanos, long limitNanos) {
		for (;;) {
			Take take = tryPlace(item, EngineWorkqueue.ANY_CPU, Math.min(nanos, limitNanos), Kind.DEBOUNCE, limitNanos);
			if (take != Take.PENDING) {
				return take;
			}
			long word = item.word();
			if (WorkState.isQueued(word) || this.engine.timers.postpone(item, nanos)) {
				return refused(take);
			}
			if (WorkState.isPending(word)) {
				Cancellation.awaitOwner(item, word);
			}
		}
	}

	/**
	 * Requeues an item whose attempt failed, on the worker that made the attempt.
	 * @return false if it is pending or disabled, or the queue is destroyed
	 */
	boolean retry(EngineDelayedWorkItem item, Duration delay, @Nullable Object captured) {
		Runnable rest;
		int section = this.transit.enter();
		try {
			if (this.gate.isDestroyed() || item.tryTake() != Take.TAKEN) {
				return false;
			}
			item.captured = captured;
			rest = arm(item, EngineWorkqueue.ANY_CPU, Durations.saturated(delay), Kind.RETRY);
		}
		finally {
			this.transit.exit(section);
		}
		rest.run();
		return true;
	}

	/** Enables an item of this engine, and queues it if it is enabled then. */
	boolean enableAndQueue(EngineWorkItem item) {
		for (;;) {
			long word = item.word();
			boolean last = WorkState.isLastDepth(word);
			if (last) {
				this.gate.check(item);
			}
			if (last ? tryEnableLast(item, word) : item.tryEnableAndTake(word, item.name())) {
				return last;
			}
		}
	}

	/** Enables an item whose word is as given, and queues it if it may be pending. */
	private boolean tryEnableLast(EngineWorkItem item, long word) {
		Object captured = item.definition.capture();
		PendingLimit limit = this.queue.pendingLimit;
		if (limit == null) {
			return tryEnableLast(item, word, captured);
		}
		limit.reserve(item, this.queue);
		boolean queued = false;
		try {
			queued = tryEnableLast(item, word, captured);
			return queued;
		}
		finally {
			if (!queued) {
				this.queue.notPending();
			}
		}
	}

	private boolean tryEnableLast(EngineWorkItem item, long word, @Nullable Object captured) {
		WorkerPool pool;
		boolean first;
		int section = this.transit.enter();
		try {
			this.gate.check(item);
			if (!item.tryEnableAndTake(word, item.name())) {
				return false;
			}
			item.captured = captured;
			pool = this.queue.choosePool(item, EngineWorkqueue.ANY_CPU);
			first = put(item, pool, EngineWorkqueue.ANY_CPU, true);
		}
		finally {
			this.transit.exit(section);
		}
		pushed(item, pool, first);
		return true;
	}

	private Take refused(Take take) {
		if (take == Take.PENDING) {
			this.coalesced.increment();
		}
		return take;
	}

	/**
	 * What a request meets: TAKEN if it looks acceptable. Then the caller captures, which
	 * is user code, and takes the item in a section.
	 */
	private Take look(EngineWorkItem item) {
		Take look = item.look();
		return (look != Take.TAKEN || this.gate.admits()) ? look : refusedByGate(item);
	}

	/**
	 * Refuses a request.
	 * @throws WorkRejectedException if the item is idle
	 */
	private Take refusedByGate(EngineWorkItem item) {
		Take look = item.look();
		if (look == Take.TAKEN) {
			throw this.gate.rejection(item);
		}
		return look;
	}

	// ---- within a section of the engine's Transit ----

	/**
	 * Takes an idle item for a request.
	 * @throws WorkRejectedException if the gate refuses it; it stays idle
	 */
	private Take take(EngineWorkItem item, @Nullable Object captured) {
		if (!this.gate.admits()) {
			return refusedByGate(item);
		}
		Take take = item.tryTake();
		if (take == Take.TAKEN) {
			item.captured = captured;
		}
		return take;
	}

	/**
	 * Queues or arms an item that the caller owns.
	 * @return what is left to be done after the section
	 */
	private Runnable arm(EngineDelayedWorkItem item, int cpu, long nanos, Kind kind) {
		item.aim(this.queue, cpu);
		if (nanos == 0 || this.engine.runsAtOnce(kind)) {
			return insert(item, this.queue.choosePool(item, cpu), cpu);
		}
		this.engine.timers.arm(item, nanos, kind);
		return NOTHING;
	}

	/**
	 * Queues an item that was armed. The caller owns it.
	 * @return what is left to be done after the section
	 */
	Runnable insertDue(EngineDelayedWorkItem item) {
		if (!this.gate.isDestroyed()) {
			return insert(item, this.queue.choosePool(item, item.cpu), item.cpu);
		}
		item.dropInstance();
		item.giveBack();
		return () -> {
			logger.log(Level.WARNING, "work '" + item.name() + "' is due, but workqueue '" + this.queue.name()
					+ "' is destroyed; it is cancelled");
			item.afterCancel();
		};
	}

	private Runnable insert(EngineWorkItem item, WorkerPool pool, int cpu) {
		boolean first = put(item, pool, cpu, false);
		return () -> pushed(item, pool, first);
	}

	private boolean put(EngineWorkItem item, WorkerPool pool, int cpu, boolean permit) {
		item.enters(this.queue.linkIn(pool));
		PendingLimit limit = this.queue.pendingLimit;
		if (limit != null && !permit) {
			limit.enter();
		}
		item.enqueue(pool.id);
		boolean placed = false;
		try {
			FlightEvents.queued(item, this.queue, cpu, pool);
			boolean first = pool.put(item);
			placed = true;
			return first;
		}
		finally {
			if (!placed) {
				abandon(item, permit);
			}
		}
	}

	/**
	 * A fault of the clock, or of memory, must not leave an item pending that is nowhere.
	 */
	private void abandon(EngineWorkItem item, boolean permit) {
		item.abandon();
		if (!permit) {
			this.queue.notPending();
		}
	}

	// ---- after the section ----

	private void pushed(EngineWorkItem item, WorkerPool pool, boolean first) {
		pool.pushed(first);
		notifyQueued(item);
	}

	private void notifyQueued(EngineWorkItem item) {
		WorkListener listener = this.engine.listener;
		if (listener == WorkListener.NONE) {
			return;
		}
		try {
			listener.queued(item.face(), this.queue);
		}
		catch (Throwable ex) {
			logger.log(Level.ERROR, "a WorkListener failed; the work goes on", ex);
		}
	}

	long coalesced() {
		return this.coalesced.sum();
	}

}
