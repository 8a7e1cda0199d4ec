package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFacade;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.engine.Completion.Barrier;
import io.github.workqueue.engine.EngineDelayedWorkItem.Kind;
import io.github.workqueue.engine.WorkState.Take;
import io.github.workqueue.snapshot.WorkqueueState;
import org.jspecify.annotations.Nullable;

/**
 * A queue: flags, limits, and one {@link QueueLink} per pool that serves it
 * ({@code struct workqueue_struct}). It picks the pool of an item and owns no threads.
 *
 * <h2>A request</h2> captures what the execution needs; then, in one section of the
 * engine's {@link Transit}, it asks the {@link QueueGate}, takes the item, lets the
 * {@link PoolChoice} pick a pool and puts the item there, or arms its timer; then it sees
 * to a worker and tells the listener. User code is called before and after the section
 * only. A request for an item that is pending or disabled begins none.
 */
final class EngineWorkqueue implements Workqueue {

	static final int ANY_CPU = -1;

	private static final Runnable NOTHING = () -> {
	};

	private static final System.Logger logger = System.getLogger(EngineWorkqueue.class.getName());

	final WorkqueueEngine engine;

	final boolean cpuIntensive;

	private final QueueRules rules;

	private final QueueLink[] links;

	private final StripedCounter coalesced = new StripedCounter();

	private final @Nullable PendingLimit pendingLimit;

	private final Executor executor = new QueueExecutor(this);

	private final QueueGate gate = new QueueGate(this);

	private final Transit transit;

	private final PoolChoice choice;

	private final Drain drain;

	private final ActiveLimits limits;

	/** Whether somebody has told, or is about to tell, that the queue has gone. */
	private final AtomicBoolean ended = new AtomicBoolean();

	@Racy("set once, before the queue is published")
	private volatile @Nullable Rescuer rescuer;

	/** What callers find under the name. */
	private final Workqueue face;

	EngineWorkqueue(WorkqueueEngine engine, QueueRules rules, List<WorkerPool> pools) {
		this(engine, rules, pools, null);
	}

	/**
	 * Makes a queue that nobody knows yet.
	 * @param facade makes what stands before it; null if nothing does
	 */
	EngineWorkqueue(WorkqueueEngine engine, QueueRules rules, List<WorkerPool> pools,
			@Nullable Function<Workqueue, WorkqueueFacade> facade) {
		this.engine = engine;
		this.transit = engine.transit;
		this.rules = rules;
		this.cpuIntensive = rules.flags().contains(WorkqueueFlag.CPU_INTENSIVE);
		this.links = pools.stream().map((pool) -> new QueueLink(this, pool)).toArray(QueueLink[]::new);
		this.choice = new PoolChoice(this, pools);
		this.drain = new Drain(this, this.gate);
		this.pendingLimit = (rules.maxPending() > 0) ? new PendingLimit(rules.maxPending(), rules.whenFull()) : null;
		this.limits = new ActiveLimits(this);
		this.face = (facade != null) ? facade.apply(this) : this;
	}

	/** Returns what callers find under the name. */
	Workqueue face() {
		return this.face;
	}

	// ---- requests ----

	@Override
	public boolean queue(WorkItem work) {
		return queueItem(this.engine.own(work), ANY_CPU);
	}

	@Override
	public boolean queueOn(int cpu, WorkItem work) {
		EngineWorkItem item = this.engine.own(work);
		return queueItem(item, this.engine.checkCpu(cpu));
	}

	@Override
	public boolean queueDelayed(DelayedWorkItem work, Duration delay) {
		return queueDelayedItem(this.engine.own(work), ANY_CPU, delay);
	}

	@Override
	public boolean queueDelayedOn(int cpu, DelayedWorkItem work, Duration delay) {
		EngineDelayedWorkItem item = this.engine.own(work);
		return queueDelayedItem(item, this.engine.checkCpu(cpu), delay);
	}

	@Override
	public boolean modDelayed(DelayedWorkItem work, Duration delay) {
		return modDelayedItem(this.engine.own(work), ANY_CPU, delay);
	}

	@Override
	public boolean modDelayedOn(int cpu, DelayedWorkItem work, Duration delay) {
		EngineDelayedWorkItem item = this.engine.own(work);
		return modDelayedItem(item, this.engine.checkCpu(cpu), delay);
	}

	boolean queueItem(EngineWorkItem item, int cpu) {
		return tryQueue(item, cpu) == Take.TAKEN;
	}

	boolean queueDelayedItem(EngineDelayedWorkItem item, int cpu, Duration delay) {
		return tryQueueDelayed(item, cpu, Durations.nanos("delay", delay)) == Take.TAKEN;
	}

	boolean modDelayedItem(EngineDelayedWorkItem item, int cpu, Duration delay) {
		return tryModDelayed(item, cpu, Durations.nanos("delay", delay)) == Take.PENDING;
	}

	boolean debounceItem(EngineDelayedWorkItem item, Duration delay, @Nullable Duration maxWait) {
		long limit = (maxWait != null) ? Durations.nanos("maxWait", maxWait) : Long.MAX_VALUE;
		return tryDebounce(item, Durations.nanos("delay", delay), limit) == Take.TAKEN;
	}

	Take tryQueue(EngineWorkItem item, int cpu) {
		return refused(tryQueueIdle(item, cpu));
	}

	/** Queues an idle item if it may be pending. */
	private Take tryQueueIdle(EngineWorkItem item, int cpu) {
		PendingLimit limit = this.pendingLimit;
		if (limit == null || !limit.acquire(item, this)) {
			return tryQueue(item, cpu, false);
		}
		Take take = null;
		try {
			take = tryQueue(item, cpu, true);
			return take;
		}
		finally {
			if (take != Take.TAKEN) {
				notPending();
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
				pool = choosePool(item, cpu);
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
			if (nanos > 0 && this.engine.timers.move(item, nanos, this, cpu)) {
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
			Take take = tryPlace(item, ANY_CPU, Math.min(nanos, limitNanos), Kind.DEBOUNCE, limitNanos);
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
			rest = arm(item, ANY_CPU, Durations.saturated(delay), Kind.RETRY);
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
		PendingLimit limit = this.pendingLimit;
		if (limit == null) {
			return tryEnableLast(item, word, captured);
		}
		limit.reserve(item, this);
		boolean queued = false;
		try {
			queued = tryEnableLast(item, word, captured);
			return queued;
		}
		finally {
			if (!queued) {
				notPending();
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
			pool = choosePool(item, ANY_CPU);
			first = put(item, pool, ANY_CPU, true);
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
		item.aim(this, cpu);
		if (nanos == 0 || this.engine.runsAtOnce(kind)) {
			return insert(item, choosePool(item, cpu), cpu);
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
			return insert(item, choosePool(item, item.cpu), item.cpu);
		}
		item.dropInstance();
		item.giveBack();
		return () -> {
			logger.log(Level.WARNING,
					"work '" + item.name() + "' is due, but workqueue '" + name() + "' is destroyed; it is cancelled");
			item.afterCancel();
		};
	}

	private Runnable insert(EngineWorkItem item, WorkerPool pool, int cpu) {
		boolean first = put(item, pool, cpu, false);
		return () -> pushed(item, pool, first);
	}

	private boolean put(EngineWorkItem item, WorkerPool pool, int cpu, boolean permit) {
		item.enters(linkIn(pool));
		PendingLimit limit = this.pendingLimit;
		if (limit != null && !permit) {
			limit.enter();
		}
		item.enqueue(pool.id);
		boolean placed = false;
		try {
			FlightEvents.queued(item, this, cpu, pool);
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
			notPending();
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
			listener.queued(item.face(), this);
		}
		catch (Throwable ex) {
			logger.log(Level.ERROR, "a WorkListener failed; the work goes on", ex);
		}
	}

	/** An item of this queue has started, or was cancelled. */
	void notPending() {
		PendingLimit limit = this.pendingLimit;
		if (limit != null) {
			limit.release();
		}
	}

	// ---- which pool ----

	WorkerPool choosePool(EngineWorkItem item, int cpu) {
		return this.choice.poolFor(item, cpu);
	}

	QueueLink linkIn(WorkerPool pool) {
		QueueLink link = (this.links.length == 1) ? this.links[0] : this.links[pool.cpu];
		assert link.pool == pool : "'" + name() + "' is not served by " + pool;
		return link;
	}

	// ---- waiting ----

	@Override
	public void flush() throws InterruptedException {
		this.drain.flush(Completion.FOREVER);
	}

	@Override
	public boolean flush(Duration timeout) throws InterruptedException {
		return this.drain.flush(timeout);
	}

	@Override
	public void drain() throws InterruptedException {
		this.drain.drain(Completion.FOREVER);
	}

	@Override
	public boolean drain(Duration timeout) throws InterruptedException {
		return this.drain.drain(timeout);
	}

	@Override
	public void destroy() throws InterruptedException {
		if (this.rules.system()) {
			throw new IllegalStateException(
					"'" + name() + "' is a system workqueue and is never destroyed; close the engine instead");
		}
		this.drain.destroy();
	}

	QueueGate gate() {
		return this.gate;
	}

	@Override
	public boolean isCongested() {
		for (QueueLink link : this.links) {
			if (link.pool.items.test(link, QueueLink::hasInactive)) {
				return true;
			}
		}
		return false;
	}

	// ---- limits ----

	/** How many items may be active in one pool now. */
	int limit() {
		return this.limits.current();
	}

	@Override
	public int maxActive() {
		return this.limits.maxActive();
	}

	@Override
	public void setMaxActive(int maxActive) {
		this.limits.setMaxActive(maxActive);
	}

	@Override
	public int minActive() {
		return this.limits.minActive();
	}

	@Override
	public void setMinActive(int minActive) {
		this.limits.setMinActive(minActive);
	}

	/** Puts a freeze or a thaw into force. Called without locks. */
	void updateLimit() {
		this.limits.update();
	}

	boolean isFreezable() {
		return this.rules.flags().contains(WorkqueueFlag.FREEZABLE);
	}

	/** Whether an item of a pool can only start when the one before has ended. */
	boolean isOneAtATime() {
		return this.limits.maxActive() == 1;
	}

	// ---- what it is ----

	@Override
	public String name() {
		return this.rules.name();
	}

	@Override
	public Set<WorkqueueFlag> flags() {
		return this.rules.flags();
	}

	@Override
	public boolean isOrdered() {
		return this.rules.ordered();
	}

	@Override
	public Executor asExecutor() {
		return this.executor;
	}

	QueueLink[] links() {
		return this.links;
	}

	boolean isServedBy(WorkerPool pool) {
		for (QueueLink link : this.links) {
			if (link.pool == pool) {
				return true;
			}
		}
		return false;
	}

	/** The queue's rescuer, or null. */
	@Nullable Rescuer rescuer() {
		return this.rescuer;
	}

	/** Starts the rescuer, before anybody else sees the queue. */
	void startRescuer(ThreadFactory factory) {
		this.rescuer = Rescuer.start(this, factory);
	}

	/** Ends the rescuer's thread when it has nothing to do. */
	void stopRescuer() {
		Rescuer rescuer = this.rescuer;
		if (rescuer != null) {
			rescuer.stop();
		}
	}

	/** Returns true to the one who has to tell that the queue has gone. */
	boolean claimEnd() {
		return this.ended.compareAndSet(false, true);
	}

	QueueRules rules() {
		return this.rules;
	}

	long coalesced() {
		return this.coalesced.sum();
	}

	WorkqueueState state() {
		return switch (this.gate.state()) {
			case DESTROYED -> WorkqueueState.DESTROYED;
			case DRAINING, CLOSING -> WorkqueueState.DRAINING;
			case OPEN -> this.engine.startsWork(isFreezable()) ? WorkqueueState.ACTIVE : WorkqueueState.FROZEN;
		};
	}

	@Override
	public String toString() {
		return "workqueue '" + name() + "'";
	}

	/** Makes a fresh item of every Runnable. */
	private record QueueExecutor(EngineWorkqueue queue) implements Executor {

		@Override
		public void execute(Runnable command) {
			Objects.requireNonNull(command, "'command' must not be null");
			WorkDefinition task = WorkDefinition.task(this.queue, command);
			this.queue.queueItem(new EngineWorkItem(task), ANY_CPU);
		}

	}

}
