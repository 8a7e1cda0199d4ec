package io.github.workqueue.engine;

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
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFacade;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.snapshot.WorkqueueState;
import org.jspecify.annotations.Nullable;

/**
 * A queue: flags, limits, and one {@link QueueLink} per pool that serves it
 * ({@code struct workqueue_struct}). It owns no threads. What becomes of a request is
 * said by {@link QueueRequests}, which pool takes it by {@link PoolChoice}, whether it is
 * admitted by {@link QueueGate}, how much may be active by {@link ActiveLimits}, and how
 * the queue is waited for by {@link Drain}.
 */
final class EngineWorkqueue implements Workqueue {

	static final int ANY_CPU = -1;

	final WorkqueueEngine engine;

	final boolean cpuIntensive;

	private final QueueRules rules;

	private final QueueLink[] links;

	final @Nullable PendingLimit pendingLimit;

	final QueueRequests requests;

	private final Executor executor = new QueueExecutor(this);

	private final QueueGate gate = new QueueGate(this);

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
		this.rules = rules;
		this.cpuIntensive = rules.flags().contains(WorkqueueFlag.CPU_INTENSIVE);
		this.links = pools.stream().map((pool) -> new QueueLink(this, pool)).toArray(QueueLink[]::new);
		this.choice = new PoolChoice(this, pools);
		this.drain = new Drain(this, this.gate);
		this.pendingLimit = (rules.maxPending() > 0) ? new PendingLimit(rules.maxPending(), rules.whenFull()) : null;
		this.limits = new ActiveLimits(this);
		this.requests = new QueueRequests(this);
		this.face = (facade != null) ? facade.apply(this) : this;
	}

	/** Returns what callers find under the name. */
	Workqueue face() {
		return this.face;
	}

	// ---- requests ----

	@Override
	public boolean queue(WorkItem work) {
		return this.requests.queue(this.engine.own(work), ANY_CPU);
	}

	@Override
	public boolean queueOn(int cpu, WorkItem work) {
		EngineWorkItem item = this.engine.own(work);
		return this.requests.queue(item, this.engine.checkCpu(cpu));
	}

	@Override
	public boolean queueDelayed(DelayedWorkItem work, Duration delay) {
		return this.requests.queueDelayed(this.engine.own(work), ANY_CPU, delay);
	}

	@Override
	public boolean queueDelayedOn(int cpu, DelayedWorkItem work, Duration delay) {
		EngineDelayedWorkItem item = this.engine.own(work);
		return this.requests.queueDelayed(item, this.engine.checkCpu(cpu), delay);
	}

	@Override
	public boolean modDelayed(DelayedWorkItem work, Duration delay) {
		return this.requests.modDelayed(this.engine.own(work), ANY_CPU, delay);
	}

	@Override
	public boolean modDelayedOn(int cpu, DelayedWorkItem work, Duration delay) {
		EngineDelayedWorkItem item = this.engine.own(work);
		return this.requests.modDelayed(item, this.engine.checkCpu(cpu), delay);
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
		return this.requests.coalesced();
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
			this.queue.requests.queue(new EngineWorkItem(task), ANY_CPU);
		}

	}

}
