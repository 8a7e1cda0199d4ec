package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A thread that takes one item after the other from its pool and runs it
 * ({@code struct worker}, {@code worker_thread}); what it runs is its {@link Execution}.
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
 * and does as it is told.
 */
final class Worker implements Runnable {

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

	private static final VarHandle WAKE_SENT;

	static {
		try {
			WAKE_SENT = MethodHandles.lookup().findVarHandle(Worker.class, "wakeSent", boolean.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	final WorkerPool pool;

	final String name;

	/** Whether it belongs to a queue and helps the pool out; it is never counted. */
	final boolean rescuer;

	/** What it executes, one item after the other. */
	final Execution execution;

	/** In the engine's table; 0 before it is there. */
	@Confined("set once, before it executes an item")
	int number;

	@Racy("set once, before the thread starts")
	private volatile @Nullable Thread thread;

	@Racy("set once by this thread, first of all")
	volatile boolean begun;

	@Racy("set by CAS by whoever wakes an idle worker; cleared by it under the pool's lock")
	private volatile boolean wakeSent;

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

	/** How many items it has started since it read the time. */
	@Confined("this thread")
	int untimed;

	/** Whether the pool asked to be kicked when its lock is released. */
	@Confined("this thread")
	boolean kick;

	Worker(WorkerPool pool, String name, boolean rescuer) {
		this.pool = pool;
		this.name = name;
		this.rescuer = rescuer;
		this.execution = new Execution(this);
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

	/** Whether it executes something. Asked under the pool's lock, or by its thread. */
	boolean isBusy() {
		return this.execution.item != null;
	}

	/** The link of the item that it executes, or null. */
	@Nullable QueueLink currentLink() {
		return isBusy() ? this.execution.link() : null;
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
				case RUN -> this.execution.run();
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

	/** Whether an execution is reported for the first time. Called by the monitor. */
	boolean reportOnce(long execution) {
		boolean first = this.reported != execution;
		this.reported = execution;
		return first;
	}

	long tid() {
		return this.tid;
	}

	/** Whether the handler waits in a way that Java tells. Any thread. */
	boolean looksAsleep() {
		Thread thread = this.thread;
		return thread != null && this.execution.isInHandler() && this.pool.engine.probe.isWaiting(thread);
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

	@Override
	public String toString() {
		return this.name;
	}

}
