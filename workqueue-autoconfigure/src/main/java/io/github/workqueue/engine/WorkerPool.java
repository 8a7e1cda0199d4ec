package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Workers and the items that wait for them ({@code struct worker_pool}).
 *
 * <h2>Items</h2> Producers push to the inbox without a lock. Whoever holds the lock
 * empties the inbox: each item goes through its {@link QueueLink} to the worklist, or
 * waits there for {@code max_active}. Everything that looks for an item, such as a
 * cancel, takes the lock and empties the inbox first ({@link PoolItems}).
 *
 * <h2>Concurrency management</h2> A worker that was woken starts only if nobody counted
 * runs, and goes on only while it is the only one; {@link Concurrency} counts. In pools
 * that are not managed the count stays zero, and every worker that starts an item wakes
 * the next.
 *
 * <h2>No lost wake-up</h2> {@link PoolProgress} says who comes for an item that waits,
 * and why somebody always does.
 *
 * <h2>Spare workers</h2> A worker makes a spare one before its first item if nobody else
 * is idle, so a sleeper can be replaced by a wake-up. Where none can be made it works all
 * the same: the kernel's waits. {@link WorkerCreation} makes workers.
 */
final class WorkerPool {

	/** What a worker does next. */
	enum Next {

		/** Run the item that it was given. */
		RUN,

		/** Make a spare worker, then ask again. */
		CREATE,

		/** Wait for the next item for a moment, still counted, then ask again. */
		LINGER,

		/** Park until it is woken. */
		PARK,

		/** End. */
		EXIT

	}

	/** Who is served, and how. */
	enum Kind {

		/** A CPU: one runnable worker. */
		PERCPU,

		/** Unbound queues: a worker per item. */
		UNBOUND,

		/** Unbound queues: a virtual thread per item. */
		VIRTUAL,

		/** A CPU: one worker, strictly in order. */
		BH

	}

	/** How exact the time of the last progress is. */
	private static final long CLOCK_NANOS = 500_000;

	final PoolLock lock = new PoolLock(this);

	final WorkqueueEngine engine;

	final Tuning tuning;

	final int id;

	/** The CPU, or -1. */
	final int cpu;

	final boolean highpri;

	final Kind kind;

	/** Whether the pool counts runnable workers. */
	final boolean managed;

	final Concurrency concurrency;

	final IdleWorkers idle;

	final WorkerCreation creation;

	final PoolItems items;

	final PoolRescue rescue;

	final PoolWatch watch;

	final PoolProgress progress;

	final Linger linger = new Linger(this);

	private final Inbox inbox;

	/** Active items that wait for a worker. */
	@PoolLocked("others read its size for an estimate")
	final WorkList worklist = new WorkList();

	/** Every worker, rescuers at work here included. */
	@PoolLocked
	final List<Worker> workers = new ArrayList<>();

	@GuardedBy("lock")
	private boolean stopping;

	/** How many items have started; tells which of two started first. */
	@PoolLocked
	long starts;

	/** When an item last started, or entered the empty worklist. */
	@PoolLocked
	long lastProgress;

	@Racy("about the time while items wait: set by pushes, starts and the monitor's looks")
	private volatile long clock;

	WorkerPool(WorkqueueEngine engine, int id, int cpu, boolean highpri, Kind kind) {
		this.engine = engine;
		this.tuning = engine.tuning;
		this.inbox = new Inbox(this.tuning.inboxLength());
		this.id = id;
		this.cpu = cpu;
		this.highpri = highpri;
		this.kind = kind;
		this.managed = kind == Kind.PERCPU;
		this.concurrency = new Concurrency(this);
		this.idle = new IdleWorkers(this);
		this.creation = new WorkerCreation(this);
		this.items = new PoolItems(this);
		this.rescue = new PoolRescue(this);
		this.watch = new PoolWatch(this);
		this.progress = new PoolProgress(this);
	}

	// ---- producers ----

	/**
	 * Takes over an item that is QUEUED on this pool. Calls no user code.
	 * @return what {@link #pushed} must be given
	 */
	boolean put(EngineWorkItem item) {
		item.queuedAt = this.engine.timed ? this.engine.time.nanoTime() : coarseTime();
		Inbox.Push push = this.inbox.push(item);
		while (push == Inbox.Push.FULL) {
			makeRoom();
			push = this.inbox.push(item);
		}
		return push == Inbox.Push.FIRST;
	}

	/** Empties the inbox, as the kernel's producers do each time. */
	private void makeRoom() {
		this.lock.lock();
		try {
			drainInbox();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Sees to it that an item that was put here runs. May make a thread. */
	void pushed(boolean first) {
		this.progress.pushed(first);
	}

	/** The time of a push, which is not read again while others wait in the inbox. */
	private long coarseTime() {
		boolean exact = FlightEvents.wantsExecutions() || this.inbox.isEmpty();
		return exact ? tick(this.engine.time.nanoTime()) : this.clock;
	}

	/** Sets the time that items are stamped with which find the inbox not empty. */
	long tick(long now) {
		this.clock = now;
		return now;
	}

	/** Whether an item pushed now could start at once. Advisory. */
	boolean isQuiet() {
		return this.concurrency.running() == 0 && this.inbox.isEmpty() && !hasWaiting();
	}

	/**
	 * The number of items that no worker has taken over yet. Advisory, and all that a
	 * producer may ask of a busy pool: workers write what they have taken over all the
	 * time.
	 */
	int backlog() {
		return this.inbox.size();
	}

	// ---- workers ----

	/**
	 * Says what a worker does next. The way from item to item is one hold of the lock.
	 */
	Next next(Worker worker) {
		long now = now(worker);
		worker.sampleCpu(now);
		Next next;
		this.lock.lock();
		try {
			complete(worker);
			next = nextLocked(worker, now);
		}
		finally {
			this.lock.unlock();
		}
		afterNext(worker);
		return next;
	}

	/**
	 * The time at which the worker goes on. A worker with a backlog reads it now and then
	 * only, since that costs as much as the rest of the way to the next item: while items
	 * wait the monitor looks here at least every 10 ms, and sets the clock.
	 */
	private long now(Worker worker) {
		boolean exact = this.engine.timed || FlightEvents.wantsExecutions();
		boolean coarse = !exact && hasWaiting() && worker.untimed < this.tuning.clockItems();
		worker.untimed = coarse ? worker.untimed + 1 : 0;
		return coarse ? this.clock : this.engine.time.nanoTime();
	}

	/** What was left to be done without the lock, before the next item is run. */
	void afterNext(Worker worker) {
		if (worker.kick) {
			worker.kick = false;
			this.progress.kick();
		}
		if (this.kind == Kind.BH && worker.isBusy()) {
			this.progress.watch();
		}
		worker.execution.afterEnd();
	}

	@GuardedBy("lock")
	private Next nextLocked(Worker worker, long now) {
		if (this.worklist.isEmpty()) {
			drainInbox();
		}
		if (worker.dying) {
			worker.kick = needsWorker();
			return Next.EXIT;
		}
		if (worker.idle) {
			this.idle.leave(worker);
		}
		for (;;) {
			EngineWorkItem follower = worker.scheduled.poll();
			if (follower != null) {
				assign(worker, follower, now);
				return Next.RUN;
			}
			if (!mayTake(worker)) {
				if (lingers(worker)) {
					worker.lingered = true;
					return Next.LINGER;
				}
				if (!rest(worker, now)) {
					remove(worker);
					return Next.EXIT;
				}
				if (this.inbox.isEmpty()) {
					return Next.PARK;
				}
				drainInbox();
				this.idle.leave(worker);
				continue;
			}
			if (worker.prep) {
				if (this.creation.claimSpare(worker)) {
					return Next.CREATE;
				}
				worker.prep = false;
				this.concurrency.count(worker);
			}
			if (take(worker, Objects.requireNonNull(this.worklist.poll()), now)) {
				return Next.RUN;
			}
		}
	}

	/**
	 * Whether a worker that has run out of items stays counted for a moment: the next
	 * item is often on its way, and costs its producer no wake-up then.
	 */
	@GuardedBy("lock")
	private boolean lingers(Worker worker) {
		return this.managed && !worker.prep && !worker.lingered && !hasWaiting() && !this.stopping
				&& this.linger.isWorthwhile();
	}

	/** Waits a moment for the next item. Called without the lock. */
	void linger() {
		for (int i = 0; i < this.tuning.spins() && this.inbox.isEmpty() && !hasWaiting(); i++) {
			Thread.onSpinWait();
		}
	}

	@GuardedBy("lock")
	private boolean mayTake(Worker worker) {
		int running = this.concurrency.running();
		return worker.prep ? PoolPolicy.needMoreWorker(hasWaiting(), running)
				: PoolPolicy.keepWorking(hasWaiting(), running);
	}

	/** Whether active items wait for a worker; advisory without the lock. */
	boolean hasWaiting() {
		return !this.worklist.isEmpty();
	}

	/** Whether items have come that nobody has looked at. */
	boolean hasArrivals() {
		return !this.inbox.isEmpty();
	}

	/**
	 * Whether a kick is needed after a change under the lock. The inbox counts, because a
	 * producer may have seen a worker counted that has just ceased to be.
	 */
	boolean needsWorker() {
		return PoolPolicy.needMoreWorker(hasWaiting() || hasArrivals(), this.concurrency.running());
	}

	/**
	 * Gives a worker an item that was taken from the worklist, unless it runs on another
	 * worker here: then it follows there.
	 */
	boolean take(Worker worker, EngineWorkItem item, long now) {
		Worker runner = runnerHere(item);
		if (runner != null) {
			assert runner != worker;
			runner.scheduled.append(item);
			return false;
		}
		assign(worker, item, now);
		return true;
	}

	private @Nullable Worker runnerHere(EngineWorkItem item) {
		if (item.isScattered()) {
			return this.items.runner(item);
		}
		Worker last = item.runner();
		return (last != null && last.pool == this) ? last : null;
	}

	/** Makes an item the worker's: the order of effects is that of process_one_work. */
	void assign(Worker worker, EngineWorkItem item, long now) {
		assert this.lock.isHeldByCurrentThread() && !worker.isBusy();
		worker.execution.begin(item, now);
		this.linger.tookItem(worker);
		noteStart(now);
		if (worker.execution.link().queue.cpuIntensive) {
			this.concurrency.startHog(worker);
		}
		worker.kick = needsWorker();
		worker.execution.started();
	}

	/**
	 * Notes that an item starts. Written now and then only, because producers read beside
	 * it.
	 */
	private void noteStart(long now) {
		if (now - this.lastProgress > CLOCK_NANOS) {
			this.lastProgress = now;
			this.clock = now;
		}
	}

	/** Lets go of the item that the worker has run, if any. */
	void complete(Worker worker) {
		assert this.lock.isHeldByCurrentThread();
		if (worker.isBusy()) {
			this.concurrency.endItem(worker);
			worker.execution.end();
		}
	}

	/**
	 * Puts a worker without work to rest.
	 * @return false if it should end instead
	 */
	@GuardedBy("lock")
	private boolean rest(Worker worker, long now) {
		worker.triedSpare = false;
		this.linger.rests();
		worker.lingered = !this.managed && this.linger.isWorthwhile();
		worker.execution.forget();
		uncount(worker);
		boolean ends = this.kind == Kind.VIRTUAL || this.stopping;
		if (ends && this.inbox.isEmpty()) {
			return false;
		}
		this.idle.enter(worker, now);
		return true;
	}

	/**
	 * The calling worker's thread ends for a failure that is not its handler's. What it
	 * holds goes on: its item has failed, what waits for that item alone goes back in
	 * line, and another worker comes if one is needed.
	 */
	void died(Worker worker) {
		this.lock.lock();
		try {
			worker.execution.failed |= worker.isBusy();
			complete(worker);
			for (EngineWorkItem item = worker.scheduled.poll(); item != null; item = worker.scheduled.poll()) {
				this.worklist.append(item);
			}
			if (worker.idle) {
				this.idle.leave(worker);
			}
			if (!worker.dying) {
				uncount(worker);
				remove(worker);
			}
			worker.kick = needsWorker();
		}
		finally {
			this.lock.unlock();
		}
		afterNext(worker);
	}

	/** A worker does not work any more. */
	private void uncount(Worker worker) {
		if (!worker.prep) {
			worker.prep = true;
			this.concurrency.uncount(worker);
		}
	}

	/** Takes a worker off the books. */
	void remove(Worker worker) {
		assert this.lock.isHeldByCurrentThread() && !worker.dying && !worker.idle;
		worker.dying = true;
		this.workers.remove(worker);
		this.engine.workers.remove(worker.number);
		this.creation.removed();
	}

	/** Moves what producers left to where it belongs. */
	void drainInbox() {
		assert this.lock.isHeldByCurrentThread();
		for (EngineWorkItem item = this.inbox.poll(); item != null; item = this.inbox.poll()) {
			if (this.worklist.isEmpty() && item.queuedAt - this.lastProgress > 0) {
				this.lastProgress = item.queuedAt;
			}
			item.link().enter(item);
		}
	}

	boolean isStopping() {
		this.lock.lock();
		try {
			return this.stopping;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Ends idle workers now and others when they have nothing to do. */
	void stop() {
		List<Worker> idleOnes;
		this.lock.lock();
		try {
			this.stopping = true;
			idleOnes = this.idle.all();
		}
		finally {
			this.lock.unlock();
		}
		idleOnes.forEach(Worker::wake);
	}

	int nice() {
		return this.highpri ? -20 : 0;
	}

	@Override
	public String toString() {
		return "pool " + this.id + ((this.cpu >= 0) ? " cpu=" + this.cpu : "") + " nice=" + nice();
	}

}
