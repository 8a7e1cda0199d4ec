package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.Completion.Barrier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that takes one item after the other from its pool and runs it; the only place
 * that calls handlers ({@code struct worker}, {@code worker_thread},
 * {@code process_one_work}).
 *
 * <pre>
 * Life    idle -> PREP -> working -> PREP -> idle ... -> gone
 *
 *   idle      in the pool's idle list, parked
 *   PREP      awake, not counted: asks whether it is needed, makes a spare worker
 *   working   takes items; counted in nr_running of a per-CPU pool unless one of
 *             sleep   it was seen asleep, or said so; counted again when it is awake
 *             hog     its item is CPU_INTENSIVE, until that ends
 * </pre>
 *
 * The pool decides all of this under its lock; the worker asks by {@link WorkerPool#next}
 * and does as it is told. What it executes is written by the pool under the lock, and
 * read by this thread at any time and by others under the lock.
 */
final class Worker implements Runnable, WorkExecution {

	/** Why a worker that executes something is not counted. */
	enum Sleep {

		/** It is not asleep. */
		NONE,

		/** Its thread was seen in a Java wait. */
		SEEN,

		/** Its thread was seen in a wait that Java calls RUNNABLE. */
		NATIVE,

		/** It said that it is about to wait. */
		HINTED

	}

	/** How often the CPU time is read at most. */
	private static final long CPU_SAMPLE_NANOS = 1_000_000;

	private static final System.Logger logger = System.getLogger(Worker.class.getName());

	private static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

	private static final VarHandle IN_HANDLER;

	private static final VarHandle ITEM;

	private static final VarHandle WAKE_SENT;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			ITEM = lookup.findVarHandle(Worker.class, "item", EngineWorkItem.class);
			IN_HANDLER = lookup.findVarHandle(Worker.class, "inHandler", boolean.class);
			WAKE_SENT = lookup.findVarHandle(Worker.class, "wakeSent", boolean.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	final WorkerPool pool;

	final String name;

	/** Whether it belongs to a queue and helps the pool out; it is never counted. */
	final boolean rescuer;

	private final WorkListener listener;

	/** In the engine's table; 0 before it is there. */
	@Confined("set once, before it executes an item")
	int number;

	@Racy("set once, before the thread starts")
	private volatile @Nullable Thread thread;

	@Racy("set once by this thread, first of all")
	volatile boolean begun;

	@Racy("written by this thread; tells others whether a wait of the thread is the handler's")
	private boolean inHandler;

	@Racy("set by CAS by whoever wakes an idle worker; cleared by it under the pool's lock")
	private volatile boolean wakeSent;

	@Racy("written under the pool's lock, read by snapshots: what the handler called itself")
	private volatile @Nullable String description;

	/** The thread's name has a description behind it. */
	@PoolLocked
	private boolean labelled;

	@Racy("set once by this thread when it starts: its number in the system, 0 if unknown")
	private volatile long tid;

	/** What the monitor knows of the current execution. */
	final WorkerWatch watch = new WorkerWatch();

	/** The last execution that was reported. */
	@Confined("the monitor")
	private long reported = -1;

	@Confined("this thread")
	private long cpuReadAt;

	@Confined("this thread")
	private long cpuRead;

	@Confined("this thread")
	private long burned;

	/** In the idle list. */
	@PoolLocked
	boolean idle;

	@PoolLocked
	boolean dying;

	/** Awake but not working yet, or not any more. */
	@PoolLocked
	boolean prep = true;

	/** Since it was woken it has tried to make a spare worker. */
	@PoolLocked
	boolean triedSpare;

	/** Since its last item it has waited a moment for the next, see {@link Linger}. */
	@PoolWritten
	boolean lingered;

	@PoolLocked
	Sleep sleep = Sleep.NONE;

	@PoolLocked
	boolean hog;

	@PoolLocked
	long idleSince;

	/** Items that wait for the end of their own execution here. */
	@PoolLocked
	final WorkList scheduled = new WorkList();

	@Racy("written under the pool's lock; others ask whether it is theirs")
	@Nullable EngineWorkItem item;

	@PoolWritten
	@Nullable QueueLink link;

	@PoolLocked
	FlushColors.@Nullable Color color;

	@PoolLocked
	@Nullable Barrier barriers;

	/** How many items this worker has started: tells executions apart. */
	@PoolLocked
	long executions;

	/** The how manieth start in the pool its item is. */
	@PoolLocked
	private long start;

	@PoolWritten
	long startedAt;

	@PoolWritten
	long queuedAt;

	@PoolWritten
	@Nullable Object captured;

	@PoolWritten
	private int attempt;

	/** How many items it has started since it read the time. */
	@Confined("this thread")
	int untimed;

	/** Whether the last item failed; tells the pool. */
	@Confined("this thread")
	boolean failed;

	/** Whether the pool asked to be kicked when its lock is released. */
	@Confined("this thread")
	boolean kick;

	/** The item that has ended, if something is left to be done without the lock. */
	@Confined("this thread")
	private @Nullable EngineWorkItem ended;

	@Confined("this thread")
	private @Nullable Barrier endedBarriers;

	Worker(WorkerPool pool, String name, boolean rescuer) {
		this.pool = pool;
		this.name = name;
		this.rescuer = rescuer;
		this.listener = pool.engine.listener;
	}

	/** The worker whose thread this is, of any engine, or null. */
	static @Nullable Worker current() {
		return CURRENT.get();
	}

	void bind(Thread thread) {
		this.thread = thread;
		thread.setName(this.name);
	}

	/** The thread; only asked when it was bound. */
	Thread thread() {
		return Objects.requireNonNull(this.thread);
	}

	/** Wakes the worker if it is idle, unless a wake is under way. */
	void wake() {
		if (!this.wakeSent && WAKE_SENT.compareAndSet(this, false, true)) {
			LockSupport.unpark(this.thread);
		}
	}

	/** Called under the pool's lock when the worker enters or leaves the idle list. */
	void clearWake() {
		this.wakeSent = false;
	}

	boolean isWakeSent() {
		return this.wakeSent;
	}

	/** Makes the calling thread the worker's; null makes it nobody's. */
	static void setCurrent(@Nullable Worker worker) {
		if (worker != null) {
			CURRENT.set(worker);
		}
		else {
			CURRENT.remove();
		}
	}

	/** Takes an item. Called under the pool's lock. */
	void begin(EngineWorkItem item, QueueLink link, long now) {
		ITEM.setRelease(this, item);
		aim(link, Objects.requireNonNull(item.color));
		this.barriers = item.barriers;
		this.captured = item.captured;
		this.attempt = item.attempts + 1;
		this.queuedAt = item.queuedAt;
		this.startedAt = now;
		this.executions++;
		this.start = ++this.pool.starts;
		item.barriers = null;
		item.captured = null;
		item.runsOn(this);
	}

	/** Writes as little as {@link EngineWorkItem} does. */
	private void aim(QueueLink link, FlushColors.Color color) {
		if (this.link != link) {
			this.link = link;
		}
		if (this.color != color) {
			this.color = color;
		}
	}

	/** Lets the item go. Called under the pool's lock. */
	void end() {
		EngineWorkItem item = Objects.requireNonNull(this.item);
		if (this.barriers != null || item.wantsAfterRun()) {
			this.ended = item;
			this.endedBarriers = this.barriers;
		}
		ITEM.setRelease(this, null);
		this.barriers = null;
		this.captured = null;
		unlabel();
	}

	/** Keeps no queue alive while it rests. Called under the pool's lock. */
	void forget() {
		this.link = null;
		this.color = null;
	}

	/** Does without the lock what is left to be done for the item that was let go. */
	void afterEnd() {
		EngineWorkItem ended = this.ended;
		if (ended != null) {
			this.ended = null;
			ended.afterRun();
			Barrier waiting = this.endedBarriers;
			this.endedBarriers = null;
			Barrier.completeAll(waiting);
		}
	}

	/** Whether an item of the link waits for the end of its own execution here. */
	boolean isFollowedBy(QueueLink link) {
		for (EngineWorkItem item : this.scheduled) {
			if (item.link == link) {
				return true;
			}
		}
		return false;
	}

	/** The link of the item that it executes, or null. */
	@Nullable QueueLink currentLink() {
		return (this.item != null) ? this.link : null;
	}

	/** The link of the item. Asked while there is one. */
	QueueLink link() {
		return Objects.requireNonNull(this.link);
	}

	FlushColors.Color color() {
		return Objects.requireNonNull(this.color);
	}

	/**
	 * Reads the CPU time now and then, to be added to what the last item's queue used.
	 */
	void sampleCpu(long now) {
		if (now - this.cpuReadAt >= CPU_SAMPLE_NANOS && this.pool.kind != WorkerPool.Kind.VIRTUAL) {
			long cpu = SystemThreadProbe.currentCpuNanos();
			this.burned += cpu - this.cpuRead;
			this.cpuRead = cpu;
			this.cpuReadAt = now;
		}
	}

	long takeBurned() {
		long burned = this.burned;
		this.burned = 0;
		return burned;
	}

	@Override
	public void run() {
		this.begun = true;
		CURRENT.set(this);
		try {
			loop();
		}
		catch (Throwable ex) {
			this.pool.died(this);
			logger.log(Level.ERROR, "worker " + this.name + " failed and ends; another one takes its place", ex);
		}
		finally {
			CURRENT.remove();
		}
	}

	private void loop() {
		readThread();
		while (true) {
			switch (this.pool.next(this)) {
				case RUN -> execute();
				case CREATE -> this.pool.creation.createSpare();
				case LINGER -> this.pool.linger();
				case PARK -> this.pool.idle.park(this);
				case EXIT -> {
					return;
				}
			}
		}
	}

	/** What is to be known of the calling thread, which is the worker's from now on. */
	void readThread() {
		if (this.pool.kind != WorkerPool.Kind.VIRTUAL) {
			this.tid = ProcStates.currentTid();
			this.cpuRead = SystemThreadProbe.currentCpuNanos();
		}
	}

	/**
	 * Whether the thread has ended without ever calling this worker. One reading of its
	 * state decides: a thread that starts meanwhile is not alive before, and not new
	 * afterwards.
	 */
	boolean isStillborn() {
		Thread thread = this.thread;
		return thread != null && thread.getState() == Thread.State.TERMINATED && !this.begun;
	}

	/** Whether the thread runs, or has run. */
	boolean isStarted() {
		return this.begun || thread().getState() != Thread.State.NEW;
	}

	void execute() {
		EngineWorkItem item = Objects.requireNonNull(this.item);
		QueueLink link = Objects.requireNonNull(this.link);
		IN_HANDLER.setOpaque(this, true);
		notifyStarted(item, link);
		Object event = FlightEvents.begun();
		long calledAt = time();
		Throwable failure = call(item);
		long ran = time() - calledAt;
		this.failed = failure != null;
		if (event != null) {
			FlightEvents.ended(event, this, item, link, this.failed);
		}
		if (failure != null) {
			onFailure(item, link, failure);
		}
		else {
			item.forgetAttempts();
		}
		notifyFinished(item, link, ran, failure);
		IN_HANDLER.setOpaque(this, false);
	}

	/** The time, if somebody wants to know. */
	private long time() {
		return (this.listener != WorkListener.NONE) ? this.pool.engine.time.nanoTime() : 0;
	}

	/**
	 * Calls the handler. Its thread is not interrupted when it begins, whoever was late
	 * with an interrupt for the one before, and not when it has ended.
	 */
	private @Nullable Throwable call(EngineWorkItem item) {
		Thread.interrupted();
		try {
			item.definition.call(item, this);
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
		finally {
			Thread.interrupted();
		}
	}

	private void onFailure(EngineWorkItem item, QueueLink link, Throwable failure) {
		if (failure instanceof WorkRetryException retry && item instanceof EngineDelayedWorkItem delayed) {
			if (delayed.retry(retry.delay(), this.captured, link, this.attempt)
					|| item.definition.retryRefused(item, retry)) {
				return;
			}
		}
		item.forgetAttempts();
		if (!item.definition.isManaged() || failure instanceof WorkRetryException) {
			logger.log(Level.ERROR, () -> "work '" + item.name() + "' of workqueue '" + link.queue.name()
					+ "' failed on worker " + this.name, failure);
		}
	}

	private void notifyStarted(EngineWorkItem item, QueueLink link) {
		if (this.listener == WorkListener.NONE) {
			return;
		}
		try {
			this.listener.started(item.face(), link.queue, Math.max(0, this.startedAt - this.queuedAt));
		}
		catch (Throwable ex) {
			logListener(ex);
		}
	}

	private void notifyFinished(EngineWorkItem item, QueueLink link, long ran, @Nullable Throwable failure) {
		if (this.listener == WorkListener.NONE) {
			return;
		}
		try {
			this.listener.finished(item.face(), link.queue, ran, failure);
		}
		catch (Throwable ex) {
			logListener(ex);
		}
	}

	private static void logListener(Throwable failure) {
		logger.log(Level.ERROR, "a WorkListener failed; the work goes on", failure);
	}

	/** Labels this execution; the thread's name shows it until it ends. */
	void describe(String description) {
		this.pool.lock.lock();
		try {
			this.description = description;
			label(description);
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/**
	 * Shows what the worker executes in its thread's name. Called under the pool's lock.
	 */
	void label(String label) {
		this.labelled = true;
		thread().setName(this.name + "+" + label);
	}

	/**
	 * Shows the work's name, unless something is shown already. Under the pool's lock.
	 */
	void labelOnce(String work) {
		if (!this.labelled) {
			label(work);
		}
	}

	/** Whether an execution is reported for the first time. Called by the monitor. */
	boolean reportOnce(long execution) {
		boolean first = this.reported != execution;
		this.reported = execution;
		return first;
	}

	private void unlabel() {
		if (this.labelled) {
			this.labelled = false;
			this.description = null;
			thread().setName(this.name);
		}
	}

	long tid() {
		return this.tid;
	}

	@Nullable String description() {
		return this.description;
	}

	/** Whether the handler waits in a way that Java tells. Any thread. */
	boolean looksAsleep() {
		Thread thread = this.thread;
		return thread != null && isInHandler() && this.pool.engine.probe.isWaiting(thread);
	}

	/** Whether the thread is in the handler and not in the engine. Any thread. */
	boolean isInHandler() {
		return (boolean) IN_HANDLER.getOpaque(this);
	}

	/**
	 * A wait that begins now is the engine's, not the handler's.
	 * @return what {@link #leaveEngine} is given
	 */
	boolean enterEngine() {
		boolean before = this.inHandler;
		IN_HANDLER.setOpaque(this, false);
		return before;
	}

	void leaveEngine(boolean before) {
		IN_HANDLER.setOpaque(this, before);
	}

	/**
	 * This thread is about to wait: its pool may start another worker.
	 * @return true if {@link #endBlocking} must be called, false inside another such wait
	 */
	boolean beginBlocking() {
		return this.pool.concurrency.beginSleep(this);
	}

	void endBlocking() {
		this.pool.concurrency.endSleep(this);
	}

	boolean isExecuting(EngineWorkItem item) {
		return ITEM.getAcquire(this) == item;
	}

	/** What it executes. Called under the pool's lock while there is something. */
	BusyWorker busy(long now) {
		Duration age = Duration.ofNanos(Math.max(0, now - this.startedAt));
		return new BusyWorker(this, link().queue.name(), Objects.requireNonNull(this.item), this.start, age, this.sleep,
				this.hog, this.description);
	}

	@Override
	public WorkItem work() {
		return Objects.requireNonNull(this.item).face();
	}

	@Override
	public Workqueue queue() {
		return Objects.requireNonNull(this.link).queue;
	}

	@Override
	public @Nullable Object key() {
		return Objects.requireNonNull(this.item).key();
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	@Override
	public @Nullable Object captured() {
		return this.captured;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
