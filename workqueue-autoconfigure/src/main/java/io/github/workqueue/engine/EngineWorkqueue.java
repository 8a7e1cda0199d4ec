package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRejectedException;
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
 * <h2>Accepting</h2> A request takes the item, looks whether the gate is open, pushes,
 * and looks again. Who closes the gate does so before it empties the pools. So either it
 * finds the item, or the second look finds the gate closed and takes the item back.
 *
 * <h2>Which pool</h2> That of the CPU asked for; else the worker's own or a shard of the
 * calling thread, unless it is busy and another CPU is quiet or has less to do. An item
 * that this queue runs elsewhere follows there, and so never runs beside itself.
 */
final class EngineWorkqueue implements Workqueue {

	static final int ANY_CPU = -1;

	private static final System.Logger logger = System.getLogger(EngineWorkqueue.class.getName());

	/** How many other CPUs a request looks at. */
	private static final int PROBES = 4;

	/** Who may queue. */
	enum Gate {

		/** Everybody. */
		OPEN,

		/** Workers that execute an item of this queue, and due timers. */
		DRAINING,

		/** The engine closes: all its workers, and due timers. */
		CLOSING,

		/** Nobody. */
		DESTROYED

	}

	final WorkqueueEngine engine;

	final boolean cpuIntensive;

	private final QueueRules rules;

	private final QueueLink[] links;

	private final StripedCounter coalesced = new StripedCounter();

	private final @Nullable PendingLimit pendingLimit;

	private final Executor executor = new QueueExecutor(this);

	/**
	 * Protects the gate, the limits and the number of drainers; taken before pool locks.
	 */
	private final ReentrantLock config = new ReentrantLock();

	@Racy("written under config; read by every request and by flushes")
	private volatile Gate gate = Gate.OPEN;

	@Racy("written under config; read under the locks of the pools: the limit in force")
	private volatile int limit;

	@Racy("written under config")
	private volatile int maxActive;

	@Racy("written under config")
	private volatile int minActive;

	@Racy("set once, before the queue is published")
	private volatile @Nullable Rescuer rescuer;

	@GuardedBy("config")
	private int drainers;

	EngineWorkqueue(WorkqueueEngine engine, QueueRules rules, List<WorkerPool> pools, boolean startsWork) {
		this.engine = engine;
		this.rules = rules;
		this.cpuIntensive = rules.flags().contains(WorkqueueFlag.CPU_INTENSIVE);
		this.links = pools.stream().map((pool) -> new QueueLink(this, pool)).toArray(QueueLink[]::new);
		this.pendingLimit = (rules.maxPending() > 0) ? new PendingLimit(rules.maxPending(), rules.whenFull()) : null;
		this.maxActive = rules.maxActive();
		this.minActive = rules.minActive();
		this.limit = startsWork ? unfrozenLimit() : 0;
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
		insert(item, choosePool(item, cpu), permit);
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
					checkAccepting(item);
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
			insert(item, choosePool(item, cpu), false);
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
		if (this.gate == Gate.DESTROYED || item.tryTake() != Take.TAKEN) {
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
			checkAccepting(item);
		}
		if (!item.enableOnceAndTake(item.name())) {
			return false;
		}
		boolean accepted = false;
		try {
			checkAccepting(item);
			item.captured = item.definition.capture();
			accepted = true;
		}
		finally {
			if (!accepted) {
				item.giveBackDisabled();
			}
		}
		insert(item, choosePool(item, ANY_CPU), false);
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
			checkAccepting(item);
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

	private void checkAccepting(EngineWorkItem item) {
		Gate gate = this.gate;
		if (gate != Gate.OPEN && !isChained(gate)) {
			throw new WorkRejectedException(item.name(), name(), reason(gate));
		}
	}

	private boolean isChained(Gate gate) {
		Worker worker = Worker.current();
		QueueLink link = (worker != null) ? worker.link : null;
		return link != null && switch (gate) {
			case OPEN -> true;
			case DRAINING -> link.queue == this;
			case CLOSING -> link.queue.engine == this.engine;
			case DESTROYED -> false;
		};
	}

	private static String reason(Gate gate) {
		return (gate == Gate.DESTROYED) ? "DESTROYED" : "DRAINING";
	}

	/**
	 * The second look: takes an item back that the one who closed the gate has not seen.
	 */
	private void checkStillAccepting(EngineWorkItem item) {
		Gate gate = this.gate;
		if (gate == Gate.OPEN || isChained(gate)) {
			return;
		}
		long word = item.word();
		if (WorkState.isQueued(word) && this.engine.pool(WorkState.pool(word)).items.steal(item)) {
			reject(item, gate);
		}
	}

	private void reject(EngineWorkItem item, Gate gate) {
		item.dropInstance();
		item.giveBack();
		item.afterCancel();
		throw new WorkRejectedException(item.name(), name(), reason(gate));
	}

	private void arm(EngineDelayedWorkItem item, int cpu, long nanos, Kind kind) {
		item.aim(this, cpu);
		if (nanos == 0 || this.engine.runsAtOnce(kind)) {
			insert(item, choosePool(item, cpu), false);
			return;
		}
		this.engine.timers.arm(item, nanos, kind);
		if (this.engine.runsAtOnce(kind) && this.engine.timers.steal(item)) {
			insert(item, choosePool(item, cpu), false);
		}
		Gate gate = this.gate;
		if (gate != Gate.OPEN && !isChained(gate) && kind != Kind.RETRY && this.engine.timers.steal(item)) {
			reject(item, gate);
		}
	}

	/** Queues an item whose timer is due. It belongs to the timer thread. */
	void insertDue(EngineDelayedWorkItem item, int cpu) {
		insertDue(item, choosePool(item, cpu));
	}

	/** Queues an item that was armed, on a pool. The caller owns it. */
	void insertDue(EngineDelayedWorkItem item, WorkerPool pool) {
		if (this.gate == Gate.DESTROYED) {
			logger.log(Level.WARNING,
					"work '" + item.name() + "' is due, but workqueue '" + name() + "' is destroyed; it is cancelled");
			item.dropInstance();
			item.giveBack();
			item.afterCancel();
			return;
		}
		insert(item, pool, false);
	}

	private void insert(EngineWorkItem item, WorkerPool pool, boolean permit) {
		QueueLink link = linkIn(pool);
		item.link = link;
		PendingLimit limit = this.pendingLimit;
		if (limit != null && !permit) {
			limit.enter();
		}
		notifyQueued(item);
		item.enqueue(pool.id);
		pool.push(item);
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
		WorkerPool pool = poolOf(cpu);
		Worker runner = item.runner;
		if (runner != null && runner.pool != pool && !this.rules.ordered()
				&& runner.pool.items.executes(runner, item, this)) {
			return runner.pool;
		}
		return pool;
	}

	private WorkerPool poolOf(int cpu) {
		if (this.links.length == 1) {
			return this.links[0].pool;
		}
		return (cpu != ANY_CPU) ? this.links[cpu].pool : nearPool();
	}

	private WorkerPool nearPool() {
		int near = nearCpu();
		WorkerPool best = this.links[near].pool;
		if (best.isQuiet() || best.kind == WorkerPool.Kind.BH) {
			return best;
		}
		int least = best.backlog();
		for (int i = 1; i <= PROBES && i < this.links.length; i++) {
			WorkerPool other = this.links[(near + i) % this.links.length].pool;
			int backlog = other.backlog();
			if (backlog == 0 && other.isQuiet()) {
				return other;
			}
			if (backlog + 1 < least) {
				best = other;
				least = backlog;
			}
		}
		return best;
	}

	private int nearCpu() {
		Worker worker = Worker.current();
		if (worker != null && worker.pool.engine == this.engine && worker.pool.cpu >= 0) {
			return worker.pool.cpu;
		}
		long mixed = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L;
		return (int) ((mixed >>> 33) % this.links.length);
	}

	QueueLink linkIn(WorkerPool pool) {
		QueueLink link = (this.links.length == 1) ? this.links[0] : this.links[pool.cpu];
		assert link.pool == pool : "'" + name() + "' is not served by " + pool;
		return link;
	}

	// ---- waiting ----

	@Override
	public void flush() throws InterruptedException {
		flush(Completion.FOREVER);
	}

	@Override
	public boolean flush(Duration timeout) throws InterruptedException {
		return flush(Durations.nanos("timeout", timeout));
	}

	private boolean flush(long nanos) throws InterruptedException {
		DeadlockGuard.checkNotOwnQueue("flush", this);
		return this.gate == Gate.DESTROYED || flushLinks(nanos);
	}

	private boolean flushLinks(long nanos) throws InterruptedException {
		Completion completion = new Completion(this.engine.time);
		for (QueueLink link : this.links) {
			link.pool.items.flush(link, completion);
		}
		return completion.await(nanos);
	}

	@Override
	public void drain() throws InterruptedException {
		drain(Completion.FOREVER);
	}

	@Override
	public boolean drain(Duration timeout) throws InterruptedException {
		return drain(Durations.nanos("timeout", timeout));
	}

	private boolean drain(long nanos) throws InterruptedException {
		DeadlockGuard.checkNotOwnQueue("drain", this);
		if (!beginDrain()) {
			return true;
		}
		try {
			return untilEmpty(nanos);
		}
		finally {
			endDrain();
		}
	}

	/** Returns false if the queue is destroyed. */
	private boolean beginDrain() {
		this.config.lock();
		try {
			if (this.gate == Gate.DESTROYED) {
				return false;
			}
			this.drainers++;
			if (this.gate == Gate.OPEN) {
				this.gate = Gate.DRAINING;
			}
			return true;
		}
		finally {
			this.config.unlock();
		}
	}

	private void endDrain() {
		this.config.lock();
		try {
			this.drainers--;
			if (this.drainers == 0 && this.gate == Gate.DRAINING) {
				this.gate = Gate.OPEN;
			}
		}
		finally {
			this.config.unlock();
		}
	}

	private boolean untilEmpty(long nanos) throws InterruptedException {
		long start = this.engine.time.nanoTime();
		for (int tries = 1;; tries++) {
			long left = (nanos == Completion.FOREVER) ? nanos
					: Math.max(0, nanos - (this.engine.time.nanoTime() - start));
			if (!flushLinks(left)) {
				return false;
			}
			if (isEmpty()) {
				return true;
			}
			if (tries == 10 || (tries % 100 == 0 && tries <= 1000)) {
				logger.log(Level.WARNING, "workqueue " + name() + ": drain_workqueue() isn't complete after " + tries
						+ " tries; one of its works keeps queueing work");
			}
		}
	}

	boolean isEmpty() {
		for (QueueLink link : this.links) {
			if (!link.pool.items.test(link, QueueLink::isEmpty)) {
				return false;
			}
		}
		return true;
	}

	@Override
	public void destroy() throws InterruptedException {
		if (this.rules.system()) {
			throw new IllegalStateException(
					"'" + name() + "' is a system workqueue and is never destroyed; close the engine instead");
		}
		DeadlockGuard.checkNotOwnQueue("destroy", this);
		if (!beginDrain()) {
			return;
		}
		try {
			untilEmpty(Completion.FOREVER);
			if (closeGate(Gate.DESTROYED)) {
				Leftovers.ofDestroyed(this);
			}
			untilEmpty(Completion.FOREVER);
		}
		finally {
			endDrain();
		}
		this.engine.forget(this);
	}

	/** Returns whether this call changed the gate; it never opens. */
	boolean closeGate(Gate to) {
		this.config.lock();
		try {
			if (this.gate.compareTo(to) >= 0) {
				return false;
			}
			this.gate = to;
			return true;
		}
		finally {
			this.config.unlock();
		}
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
		return this.limit;
	}

	@Override
	public int maxActive() {
		return this.maxActive;
	}

	@Override
	public void setMaxActive(int maxActive) {
		this.rules.checkMaxActive(maxActive);
		this.config.lock();
		try {
			this.maxActive = maxActive;
			this.minActive = Math.min(this.minActive, maxActive);
		}
		finally {
			this.config.unlock();
		}
		updateLimit();
	}

	@Override
	public int minActive() {
		return this.minActive;
	}

	@Override
	public void setMinActive(int minActive) {
		this.config.lock();
		try {
			this.rules.checkMinActive(minActive, this.maxActive);
			this.minActive = minActive;
		}
		finally {
			this.config.unlock();
		}
	}

	/** Puts a changed limit, a freeze or a thaw into force. */
	void updateLimit() {
		this.config.lock();
		try {
			this.limit = this.engine.startsWork(isFreezable()) ? unfrozenLimit() : 0;
			for (QueueLink link : this.links) {
				link.pool.items.activateWaiting(link);
			}
		}
		finally {
			this.config.unlock();
		}
	}

	private int unfrozenLimit() {
		return this.rules.isBh() ? Integer.MAX_VALUE : this.maxActive;
	}

	boolean isFreezable() {
		return this.rules.flags().contains(WorkqueueFlag.FREEZABLE);
	}

	/** Whether an item of a pool can only start when the one before has ended. */
	boolean isOneAtATime() {
		return this.maxActive == 1;
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

	QueueRules rules() {
		return this.rules;
	}

	long coalesced() {
		return this.coalesced.sum();
	}

	WorkqueueState state() {
		return switch (this.gate) {
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
