package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
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
 * <h2>A request</h2> takes the item, asks the {@link QueueGate}, lets the
 * {@link PoolChoice} pick a pool, pushes, and asks the gate again.
 */
final class EngineWorkqueue implements Workqueue {

	static final int ANY_CPU = -1;

	private static final System.Logger logger = System.getLogger(EngineWorkqueue.class.getName());

	final WorkqueueEngine engine;

	final boolean cpuIntensive;

	private final QueueRules rules;

	private final QueueLink[] links;

	private final StripedCounter coalesced = new StripedCounter();

	private final @Nullable PendingLimit pendingLimit;

	private final Executor executor = new QueueExecutor(this);

	private final QueueGate gate = new QueueGate(this);

	private final PoolChoice choice;

	private final Drain drain;

	private final ActiveLimits limits;

	/** Whether somebody has told, or is about to tell, that the queue has gone. */
	private final AtomicBoolean ended = new AtomicBoolean();

	@Racy("set once, before the queue is published")
	private volatile @Nullable Rescuer rescuer;

	EngineWorkqueue(WorkqueueEngine engine, QueueRules rules, List<WorkerPool> pools) {
		this.engine = engine;
		this.rules = rules;
		this.cpuIntensive = rules.flags().contains(WorkqueueFlag.CPU_INTENSIVE);
		this.links = pools.stream().map((pool) -> new QueueLink(this, pool)).toArray(QueueLink[]::new);
		this.choice = new PoolChoice(this, pools);
		this.drain = new Drain(this, this.gate);
		this.pendingLimit = (rules.maxPending() > 0) ? new PendingLimit(rules.maxPending(), rules.whenFull()) : null;
		this.limits = new ActiveLimits(this);
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
		PendingLimit limit = this.pendingLimit;
		boolean permit = limit != null && limit.acquire(item, this);
		Take take = item.tryTake();
		if (take != Take.TAKEN) {
			if (permit) {
				notPending();
			}
			return refused(take);
		}
		accept(item, permit);
		insert(item, choosePool(item, cpu), cpu, permit);
		checkStillAccepting(item);
		return take;
	}

	Take tryQueueDelayed(EngineDelayedWorkItem item, int cpu, long nanos) {
		if (nanos == 0) {
			return tryQueue(item, cpu);
		}
		Take take = item.tryTake();
		if (take != Take.TAKEN) {
			return refused(take);
		}
		accept(item, false);
		arm(item, cpu, nanos, Kind.PLAIN);
		return take;
	}

	/** Returns PENDING if an instance was moved. */
	Take tryModDelayed(EngineDelayedWorkItem item, int cpu, long nanos) {
		for (;;) {
			Take take = item.tryTake();
			switch (take) {
				case TAKEN -> accept(item, false);
				case PENDING -> {
					this.gate.check(item);
					if (nanos > 0 && this.engine.timers.move(item, nanos, this, cpu)) {
						return take;
					}
					if (!Cancellation.steal(item)) {
						continue;
					}
					Barrier waiting = item.barriers;
					item.barriers = null;
					Barrier.completeAll(waiting);
				}
				default -> {
					return take;
				}
			}
			place(item, cpu, nanos);
			return take;
		}
	}

	private void place(EngineDelayedWorkItem item, int cpu, long nanos) {
		if (nanos > 0) {
			arm(item, cpu, nanos, Kind.PLAIN);
		}
		else {
			insert(item, choosePool(item, cpu), cpu, false);
			checkStillAccepting(item);
		}
	}

	Take tryDebounce(EngineDelayedWorkItem item, long nanos, long limitNanos) {
		for (;;) {
			Take take = item.tryTake();
			if (take == Take.TAKEN) {
				accept(item, false);
				long now = this.engine.time.nanoTime();
				item.limitAt = now + Math.min(limitNanos, TimerQueue.MAX_DELAY_NANOS);
				arm(item, ANY_CPU, Math.min(nanos, limitNanos), Kind.DEBOUNCE);
				return take;
			}
			if (take != Take.PENDING || WorkState.isQueued(item.word()) || this.engine.timers.postpone(item, nanos)) {
				return refused(take);
			}
			Thread.onSpinWait();
		}
	}

	/**
	 * Requeues an item whose attempt failed, on the worker that made the attempt.
	 * @return false if it is pending or disabled, or the queue is destroyed
	 */
	boolean retry(EngineDelayedWorkItem item, Duration delay, @Nullable Object captured) {
		if (this.gate.isDestroyed() || item.tryTake() != Take.TAKEN) {
			return false;
		}
		item.captured = captured;
		arm(item, ANY_CPU, Durations.saturated(delay), Kind.RETRY);
		return true;
	}

	boolean enableAndQueue(EngineWorkItem item) {
		if (this.engine != item.engine()) {
			throw WorkqueueEngine.foreign(item);
		}
		if (WorkState.depth(item.word()) == 1) {
			this.gate.check(item);
		}
		if (!item.enableOnceAndTake(item.name())) {
			return false;
		}
		boolean accepted = false;
		try {
			this.gate.check(item);
			item.captured = item.definition.capture();
			accepted = true;
		}
		finally {
			if (!accepted) {
				item.giveBackDisabled();
			}
		}
		insert(item, choosePool(item, ANY_CPU), ANY_CPU, false);
		checkStillAccepting(item);
		return true;
	}

	private Take refused(Take take) {
		if (take == Take.PENDING) {
			this.coalesced.increment();
		}
		return take;
	}

	// ---- the way of an item that was taken ----

	/** Lets a taken item in, or gives it back and throws. */
	private void accept(EngineWorkItem item, boolean permit) {
		boolean accepted = false;
		try {
			this.gate.check(item);
			item.captured = item.definition.capture();
			accepted = true;
		}
		finally {
			if (!accepted) {
				item.giveBack();
				if (permit) {
					notPending();
				}
			}
		}
	}

	/**
	 * The second look: takes an item back that the one who closed the gate has not seen.
	 */
	private void checkStillAccepting(EngineWorkItem item) {
		if (this.gate.admits()) {
			return;
		}
		long word = item.word();
		if (WorkState.isQueued(word) && this.engine.pool(WorkState.pool(word)).items.steal(item)) {
			reject(item);
		}
	}

	private void reject(EngineWorkItem item) {
		item.dropInstance();
		item.giveBack();
		item.afterCancel();
		throw this.gate.rejection(item);
	}

	private void arm(EngineDelayedWorkItem item, int cpu, long nanos, Kind kind) {
		item.aim(this, cpu);
		if (nanos == 0 || this.engine.runsAtOnce(kind)) {
			insert(item, choosePool(item, cpu), cpu, false);
			return;
		}
		this.engine.timers.arm(item, nanos, kind);
		if (this.engine.runsAtOnce(kind) && this.engine.timers.steal(item)) {
			insert(item, choosePool(item, cpu), cpu, false);
		}
		if (kind != Kind.RETRY && !this.gate.admits() && this.engine.timers.steal(item)) {
			reject(item);
		}
	}

	/** Queues an item whose timer is due. It belongs to the timer thread. */
	void insertDue(EngineDelayedWorkItem item, int cpu) {
		insertDue(item, choosePool(item, cpu));
	}

	/** Queues an item that was armed, on a pool. The caller owns it. */
	void insertDue(EngineDelayedWorkItem item, WorkerPool pool) {
		if (this.gate.isDestroyed()) {
			logger.log(Level.WARNING,
					"work '" + item.name() + "' is due, but workqueue '" + name() + "' is destroyed; it is cancelled");
			item.dropInstance();
			item.giveBack();
			item.afterCancel();
			return;
		}
		insert(item, pool, item.cpu, false);
	}

	private void insert(EngineWorkItem item, WorkerPool pool, int cpu, boolean permit) {
		QueueLink link = linkIn(pool);
		item.link = link;
		PendingLimit limit = this.pendingLimit;
		if (limit != null && !permit) {
			limit.enter();
		}
		item.enqueue(pool.id);
		FlightEvents.queued(item, this, cpu, pool);
		pool.push(item);
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

	boolean isEmpty() {
		for (QueueLink link : this.links) {
			if (!link.pool.items.test(link, QueueLink::isEmpty)) {
				return false;
			}
		}
		return true;
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
			WorkHandler handler = (work) -> command.run();
			WorkDefinition definition = new WorkDefinition(this.queue.name() + ".executor", this.queue, handler);
			this.queue.queueItem(new EngineWorkItem(definition), ANY_CPU);
		}

	}

}
