package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkHandler;
import io.github.workqueue.SystemQueues;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkInterceptor;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkItemFacade;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFacade;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;
import io.github.workqueue.engine.WorkerPool.Kind;
import io.github.workqueue.snapshot.EngineSnapshot;
import io.github.workqueue.snapshot.RescuerSnapshot;
import io.github.workqueue.snapshot.StallSnapshot;
import io.github.workqueue.snapshot.TimerSnapshot;
import io.github.workqueue.snapshot.WaitingItem;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkqueueDetails;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * An engine: the front door to pools, queues and items. It makes them and ends them, and
 * decides nothing.
 * <p>
 * No thread starts before the first work is queued, but for the rescuers of MEM_RECLAIM
 * queues. All calls may be made from any thread. Several engines in one JVM know nothing
 * of each other. <pre>{@code
 * try (WorkqueueEngine engine = WorkqueueEngine.start()) {
 * 	engine.initWork("hello", (work) -> System.out.println("Hello from " + work.name())).schedule();
 * }
 * }</pre>
 */
public final class WorkqueueEngine implements Workqueues, WorkqueueInspector, AutoCloseable {

	final TimeSource time;

	final Tuning tuning;

	final WorkListener listener;

	final WorkInterceptor interceptor;

	/** Whether the listener wants exact times. */
	final boolean timed;

	final long idleNanos;

	final Transit transit;

	final TimerQueue timers;

	final SleepMonitor monitor;

	final Watchdog watchdog;

	final WorkerThreads threads;

	final WorkerTable workers = new WorkerTable();

	final ThreadProbe probe;

	final WorkReports reports;

	final long hogNanos;

	final long maydayInitialNanos;

	final long maydayIntervalNanos;

	private final EngineSettings settings;

	private final List<WorkerPool> pools;

	private final Shutdown shutdown;

	final Snapshots snapshots = new Snapshots(this);

	final QueueEvents queueEvents;

	private final EngineWorkqueue systemQueue;

	private final QueueRegistry registry;

	@Racy("written by anybody; each writer then works the limits out anew")
	private volatile boolean frozen;

	@Racy("written by anybody; each writer then works the limits out anew")
	private volatile boolean held;

	private WorkqueueEngine(EngineSettings settings, ThreadProbe probe) {
		this.settings = settings;
		this.probe = probe;
		this.reports = new WorkReports(settings);
		this.hogNanos = Durations.saturated(settings.cpuIntensiveThreshold());
		this.maydayInitialNanos = Durations.saturated(settings.maydayInitialTimeout());
		this.maydayIntervalNanos = Durations.saturated(settings.maydayInterval());
		this.time = settings.timeSource();
		this.tuning = settings.tuning();
		this.listener = settings.listener();
		this.interceptor = settings.interceptor();
		this.timed = this.listener != WorkListener.NONE;
		this.queueEvents = new QueueEvents(this.listener);
		this.idleNanos = Durations.saturated(settings.idleTimeout());
		this.held = settings.held();
		this.transit = new Transit(this.time);
		this.timers = new TimerQueue(this.time, this.transit, this.tuning);
		this.monitor = new SleepMonitor(this);
		this.watchdog = new Watchdog(this, settings);
		this.threads = new WorkerThreads(this, settings);
		this.pools = makePools();
		this.shutdown = new Shutdown(this, settings);
		this.registry = new QueueRegistry(this.shutdown);
		this.systemQueue = allocSystemQueues();
	}

	/** Returns the one that items without a home are queued on. */
	private EngineWorkqueue allocSystemQueues() {
		SystemQueues.specs().forEach((spec) -> alloc(spec, true));
		SystemQueues.aliases().forEach(this.registry::alias);
		return this.registry.get(SystemQueues.DEFAULT);
	}

	/**
	 * Starts an engine with default settings.
	 * @return the engine
	 */
	public static WorkqueueEngine start() {
		return start(EngineSettings.builder().build());
	}

	/**
	 * Starts an engine.
	 * @param settings its settings
	 * @return the engine
	 */
	public static WorkqueueEngine start(EngineSettings settings) {
		return start(settings, ThreadProbe.SYSTEM);
	}

	/** For tests, which decide who sleeps. */
	static WorkqueueEngine start(EngineSettings settings, ThreadProbe probe) {
		return new WorkqueueEngine(Objects.requireNonNull(settings, "'settings' must not be null"), probe);
	}

	/**
	 * Two pools per CPU, two unbound ones, two BH ones per CPU, two of virtual threads.
	 */
	private List<WorkerPool> makePools() {
		List<WorkerPool> made = new ArrayList<>();
		addPerCpu(made, Kind.PERCPU);
		add(made, -1, Kind.UNBOUND);
		addPerCpu(made, Kind.BH);
		add(made, -1, Kind.VIRTUAL);
		return List.copyOf(made);
	}

	private void addPerCpu(List<WorkerPool> made, Kind kind) {
		for (int cpu = 0; cpu < cpus(); cpu++) {
			add(made, cpu, kind);
		}
	}

	private void add(List<WorkerPool> made, int cpu, Kind kind) {
		made.add(new WorkerPool(this, made.size(), cpu, false, kind));
		made.add(new WorkerPool(this, made.size(), cpu, true, kind));
	}

	private List<WorkerPool> poolsFor(QueueRules rules) {
		Kind kind = rules.isBh() ? Kind.BH
				: rules.virtual() ? Kind.VIRTUAL : rules.isUnbound() ? Kind.UNBOUND : Kind.PERCPU;
		return this.pools.stream().filter((pool) -> pool.kind == kind && pool.highpri == rules.isHighpri()).toList();
	}

	// ---- items ----

	@Override
	public WorkItem initWork(String name, WorkHandler handler) {
		return initWork(name, this.systemQueue, handler);
	}

	@Override
	public WorkItem initWork(String name, Workqueue home, WorkHandler handler) {
		return new EngineWorkItem(define(name, home, handler));
	}

	@Override
	public DelayedWorkItem initDelayedWork(String name, WorkHandler handler) {
		return initDelayedWork(name, this.systemQueue, handler);
	}

	@Override
	public DelayedWorkItem initDelayedWork(String name, Workqueue home, WorkHandler handler) {
		return new EngineDelayedWorkItem(define(name, home, handler));
	}

	@Override
	public <K> KeyedWork<K> initKeyedWork(String name, Workqueue home, KeyedWorkHandler<K> handler) {
		return new EngineKeyedWork<>(define(name, home, handler));
	}

	private WorkDefinition define(String name, Workqueue home, Object handler) {
		checkName(name);
		EngineWorkqueue queue = own(Objects.requireNonNull(home, "'home' must not be null"), name);
		Objects.requireNonNull(handler, "'handler' must not be null");
		this.shutdown.checkOpenFor(currentWorker(), "work '" + name + "'");
		return new WorkDefinition(name, queue, handler);
	}

	private static void checkName(String name) {
		if (Objects.requireNonNull(name, "'name' must not be null").isBlank()) {
			throw new IllegalArgumentException("'name' must not be blank");
		}
	}

	/** The engine's item behind what a caller passes. */
	EngineWorkItem own(WorkItem work) {
		WorkItem item = Objects.requireNonNull(work, "'work' must not be null");
		while (item instanceof WorkItemFacade facade) {
			item = facade.target();
		}
		if (item instanceof EngineWorkItem own && own.engine() == this) {
			return own;
		}
		throw foreign(item);
	}

	EngineDelayedWorkItem own(DelayedWorkItem work) {
		EngineWorkItem item = own((WorkItem) work);
		if (item instanceof EngineDelayedWorkItem delayed) {
			return delayed;
		}
		throw new IllegalArgumentException("work '" + item.name() + "' has no timer; make it with initDelayedWork");
	}

	/** The engine's queue that a caller passes for a work. */
	EngineWorkqueue own(Workqueue queue, String work) {
		if (queue instanceof WorkqueueFacade facade) {
			throw facade.refusal(work);
		}
		return own(queue);
	}

	EngineWorkqueue own(Workqueue queue) {
		Objects.requireNonNull(queue, "'queue' must not be null");
		if (queue instanceof EngineWorkqueue own && own.engine == this) {
			return own;
		}
		throw new IllegalArgumentException("workqueue '" + queue.name() + "' belongs to another engine");
	}

	static IllegalArgumentException foreign(WorkItem item) {
		return new IllegalArgumentException(
				"work '" + item.name() + "' belongs to another engine; make it with the engine of the queue");
	}

	int checkCpu(int cpu) {
		if (cpu < 0 || cpu >= cpus()) {
			throw new IllegalArgumentException("'cpu' is " + cpu + "; it must be 0 to " + (cpus() - 1));
		}
		return cpu;
	}

	// ---- queues ----

	@Override
	public Workqueue alloc(WorkqueueSpec spec) {
		return alloc(Objects.requireNonNull(spec, "'spec' must not be null"), false).face();
	}

	@Override
	public Workqueue alloc(String name, int maxActive, WorkqueueFlag... flags) {
		return alloc(WorkqueueSpec.named(name).flags(flags).maxActive(maxActive), false);
	}

	@Override
	public Workqueue allocOrdered(String name, WorkqueueFlag... flags) {
		return alloc(WorkqueueSpec.ordered(name).flags(flags), false);
	}

	private EngineWorkqueue alloc(WorkqueueSpec spec, boolean system) {
		QueueRules rules = QueueRules.of(spec, system, this.settings);
		this.registry.checkNew(rules.name());
		EngineWorkqueue queue = new EngineWorkqueue(this, rules, poolsFor(rules), spec.facade());
		boolean added = false;
		try {
			if (rules.flags().contains(WorkqueueFlag.MEM_RECLAIM)) {
				queue.startRescuer(this.settings.threadFactory());
			}
			this.registry.add(queue);
			added = true;
		}
		finally {
			if (!added) {
				queue.stopRescuer();
			}
		}
		queue.updateLimit();
		this.queueEvents.allocated(queue);
		return queue;
	}

	/** Drops a destroyed queue. Its name is free for another one when all know. */
	void forget(EngineWorkqueue queue) {
		queue.stopRescuer();
		this.queueEvents.destroyed(queue);
		this.registry.remove(queue);
	}

	@Override
	public Workqueue get(String name) {
		return this.registry.get(name).face();
	}

	@Override
	public Optional<Workqueue> find(String name) {
		return this.registry.find(name).map(EngineWorkqueue::face);
	}

	@Override
	public List<Workqueue> all() {
		return queues().stream().map(EngineWorkqueue::face).toList();
	}

	/** All queues, each once, in the order of their creation. */
	List<EngineWorkqueue> queues() {
		return this.registry.all();
	}

	/**
	 * Returns the clock of timers, delays and time-outs.
	 * @return what {@link EngineSettings#timeSource()} said
	 */
	public TimeSource timeSource() {
		return this.time;
	}

	List<WorkerPool> pools() {
		return this.pools;
	}

	WorkerPool pool(int id) {
		return this.pools.get(id);
	}

	@Override
	public int cpus() {
		return this.settings.cpus();
	}

	// ---- schedule ----

	@Override
	public boolean schedule(WorkItem work) {
		return this.systemQueue.queue(work);
	}

	@Override
	public boolean scheduleDelayed(DelayedWorkItem work, Duration delay) {
		return this.systemQueue.queueDelayed(work, delay);
	}

	@Override
	public void scheduleOnEachCpu(Runnable function) throws InterruptedException {
		CpuCalls.onEachCpu(this, this.systemQueue, function);
	}

	@Override
	public <T> T workOnCpu(int cpu, Callable<T> function) throws Exception {
		return CpuCalls.onCpu(this, this.systemQueue, cpu, function);
	}

	// ---- freeze ----

	@Override
	public void freeze() {
		setFrozen(true);
		this.monitor.freeze();
	}

	@Override
	public boolean isFrozen() {
		return this.frozen;
	}

	@Override
	public boolean isFreezeBusy() {
		return this.frozen && queues().stream().anyMatch((queue) -> queue.isFreezable() && hasActive(queue));
	}

	private static boolean hasActive(EngineWorkqueue queue) {
		return Arrays.stream(queue.links())
			.anyMatch((link) -> link.pool.items.test(link, (found) -> found.active() > 0));
	}

	@Override
	public void thaw() {
		setFrozen(false);
	}

	private void setFrozen(boolean frozen) {
		if (this.frozen != frozen) {
			this.frozen = frozen;
			queues().forEach(EngineWorkqueue::updateLimit);
		}
	}

	/**
	 * Starts the work that was accepted since {@link #hold()}, or since the engine was
	 * started with {@link EngineSettings#held()}. Does nothing otherwise.
	 */
	public void release() {
		if (this.held) {
			this.held = false;
			queues().forEach(EngineWorkqueue::updateLimit);
		}
	}

	/**
	 * Accepts work from now on without starting any, until {@link #release()}. What runs
	 * goes on.
	 */
	public void hold() {
		if (!this.held) {
			this.held = true;
			queues().forEach(EngineWorkqueue::updateLimit);
		}
	}

	/**
	 * Waits until requests and timers that have taken an item before this call have put
	 * it on its queue or its timer, where the snapshots see it. Waits for no handler.
	 */
	public void settle() {
		this.transit.awaitPriorUninterruptibly();
	}

	/** Whether queues start accepted work now. */
	boolean startsWork(boolean freezable) {
		return !this.held && !(freezable && this.frozen);
	}

	/** Lets everything start, at close. */
	void startAll() {
		release();
		thaw();
	}

	// ---- the calling worker ----

	@Override
	public Optional<WorkItem> current() {
		Worker worker = currentWorker();
		EngineWorkItem item = (worker != null) ? worker.execution.item : null;
		return (item != null) ? Optional.of(item.face()) : Optional.empty();
	}

	private @Nullable Worker currentWorker() {
		Worker worker = Worker.current();
		return (worker != null && worker.pool.engine == this) ? worker : null;
	}

	@Override
	public void describe(String description) {
		Objects.requireNonNull(description, "'description' must not be null");
		Worker worker = currentWorker();
		if (worker != null && worker.isBusy()) {
			worker.execution.describe(description);
		}
	}

	@Override
	public <T> T blocking(Callable<T> call) throws Exception {
		Objects.requireNonNull(call, "'call' must not be null");
		Worker worker = currentWorker();
		if (worker == null || !worker.beginBlocking()) {
			return call.call();
		}
		try {
			return call.call();
		}
		finally {
			worker.endBlocking();
		}
	}

	// ---- the end ----

	/** Whether an item with such a timer is queued now, because the engine closes. */
	boolean runsAtOnce(EngineDelayedWorkItem.Kind kind) {
		return this.shutdown.runsAtOnce(kind);
	}

	/**
	 * Ends the engine. Thaws, runs accepted work for at most
	 * {@link EngineSettings#drainTimeout()} (its workers may still queue), destroys all
	 * queues and ends the threads; one warning names what never ran. Handlers are never
	 * interrupted. A second call waits for the first. An interrupt ends the wait early.
	 * @throws io.github.workqueue.WorkqueueDeadlockException on a worker of this engine
	 */
	@Override
	public void close() {
		DeadlockGuard.checkNotWorkerOf(this);
		this.shutdown.close(null);
	}

	/**
	 * Ends the engine as {@link #close()} does; on one of its workers it does not wait
	 * for that worker's own item, nor for what can only run after it.
	 */
	public void shutdown() {
		this.shutdown.close(currentWorker());
	}

	// ---- snapshots ----

	@Override
	public EngineSnapshot inspect() {
		return this.snapshots.engine();
	}

	@Override
	public Optional<WorkqueueSnapshot> inspectWorkqueue(String queue) {
		return this.registry.find(queue).map(this.snapshots::queue);
	}

	@Override
	public List<WorkSnapshot> inspectWorks(String queue, int limit) {
		return inspectDetails(queue, limit).map(WorkqueueDetails::works).orElse(List.of());
	}

	@Override
	public List<WaitingItem> findWaiting(String queue, String work) {
		return this.registry.find(queue).map((found) -> this.snapshots.waiting(found, work)).orElse(List.of());
	}

	@Override
	public Optional<WorkqueueDetails> inspectDetails(String queue, int limit) {
		return this.registry.find(queue).map((found) -> this.snapshots.details(found, limit));
	}

	@Override
	public List<WorkerPoolSnapshot> inspectPools() {
		return this.snapshots.pools();
	}

	@Override
	public List<RescuerSnapshot> inspectRescuers() {
		return this.snapshots.rescuers();
	}

	@Override
	public List<TimerSnapshot> inspectTimers(int limit) {
		return this.snapshots.timers(limit);
	}

	@Override
	public List<StallSnapshot> inspectStalls() {
		return this.snapshots.stalls();
	}

	List<String> aliasesOf(EngineWorkqueue queue) {
		return this.registry.aliasesOf(queue);
	}

	@Override
	public String toString() {
		return "workqueue engine with " + cpus() + " CPUs, idle workers end after "
				+ TimeUnit.NANOSECONDS.toMillis(this.idleNanos) + " ms";
	}

}
