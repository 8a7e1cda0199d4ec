package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.workqueue.engine.Completion.Barrier;
import io.github.workqueue.engine.Worker.Sleep;
import io.github.workqueue.snapshot.WorkSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Workers and the items that wait for them ({@code struct worker_pool}).
 *
 * <h2>Items</h2> Producers push to the inbox without a lock. Whoever holds the lock
 * empties the inbox: each item goes through its {@link QueueLink} to the worklist, or
 * waits there for {@code max_active}. Everything that looks for an item, such as a
 * cancel, takes the lock and empties the inbox first.
 *
 * <h2>Concurrency management</h2> Per-CPU pools only. {@code nrRunning} counts the
 * workers that work and neither sleep nor hog. A worker that was woken starts only if
 * that is zero, and goes on only while it is the only one, so one runnable worker serves
 * the CPU. Whoever learns that a counted worker sleeps calls {@link #noticeSleep}: a
 * producer that finds it so, the monitor, or the worker itself. In other pools
 * {@code nrRunning} stays zero, and every worker that starts an item wakes the next.
 *
 * <h2>No lost wake-up</h2> A producer pushes, then reads {@code nrRunning} and
 * {@code firstIdle}. A worker that stops writes {@code nrRunning} and {@code firstIdle},
 * then looks into the inbox. Both are sequentially consistent, so one sees the other.
 * {@code wakeSent} suppresses a second wake of the same worker; it clears the flag before
 * it looks.
 *
 * <h2>Spare workers</h2> A worker makes a spare one before its first item if nobody else
 * is idle, so a sleeper can be replaced by a wake-up. Where none can be made it works all
 * the same: the kernel's waits. A missing worker is made by whoever finds it missing, and
 * after a failure by the monitor.
 */
final class WorkerPool {

	/** What a worker does next. */
	enum Next {

		/** Run the item that it was given. */
		RUN,

		/** Make a spare worker, then ask again. */
		CREATE,

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

	/** What became of an attempt to make a worker. */
	enum Creation {

		/** It was made and has started. */
		MADE(0),

		/** There are as many workers as there may be. */
		AT_LIMIT(1_000_000),

		/** The thread factory or the system refused ({@code CREATE_COOLDOWN}). */
		FAILED(1_000_000_000);

		private final long cooldownNanos;

		Creation(long cooldownNanos) {
			this.cooldownNanos = cooldownNanos;
		}

		/** How long to wait before the next attempt. */
		long cooldownNanos() {
			return this.cooldownNanos;
		}

	}

	/** Bounded spinning before a worker parks, in rounds of {@code onSpinWait}. */
	private static final int SPINS = (Runtime.getRuntime().availableProcessors() > 1) ? 1 << 8 : 0;

	final PoolLock lock = new PoolLock();

	final WorkqueueEngine engine;

	final int id;

	/** The CPU, or -1. */
	final int cpu;

	final boolean highpri;

	final Kind kind;

	/** Whether the pool counts runnable workers. */
	final boolean managed;

	private final Inbox inbox = new Inbox();

	/** Active items that wait for a worker. */
	@GuardedBy("lock")
	final WorkList worklist = new WorkList();

	@GuardedBy("lock")
	private final List<Worker> workers = new ArrayList<>();

	/** Most recently idled first. */
	@GuardedBy("lock")
	private final Deque<Worker> idle = new ArrayDeque<>();

	@GuardedBy("lock")
	private int nextWorkerId;

	@Racy("written under the lock; read by producers to see whether somebody will come")
	private volatile int nrRunning;

	@Racy("written under the lock: the head of the idle list, for producers to wake")
	private volatile @Nullable Worker firstIdle;

	@Racy("written under the lock: the worker counted last, for producers to look at")
	private volatile @Nullable Worker counted;

	@Racy("written under the lock: workers seen asleep that may have woken")
	private volatile int nrSeenAsleep;

	@Racy("written under the lock: somebody makes a worker (the kernel's MANAGER_ACTIVE)")
	private volatile boolean creating;

	@Racy("written under the lock: no worker could be made; the monitor tries again")
	private volatile boolean creationFailed;

	@GuardedBy("lock")
	private long retryCreationAt;

	@GuardedBy("lock")
	private boolean stopping;

	@Racy("written under the lock: the number of workers")
	private volatile int nrWorkers;

	@Racy("about the time of the last push or start, for the age of items pushed meanwhile")
	private volatile long clock;

	WorkerPool(WorkqueueEngine engine, int id, int cpu, boolean highpri, Kind kind) {
		this.engine = engine;
		this.id = id;
		this.cpu = cpu;
		this.highpri = highpri;
		this.kind = kind;
		this.managed = kind == Kind.PERCPU;
	}

	// ---- producers ----

	/** Takes over an item that is QUEUED on this pool, and sees to it that it runs. */
	void push(EngineWorkItem item) {
		item.queuedAt = this.inbox.isEmpty() ? tick() : this.clock;
		boolean first = this.inbox.push(item);
		if (this.nrRunning == 0) {
			kick();
		}
		else if (first) {
			look();
		}
	}

	private long tick() {
		long now = this.engine.time.nanoTime();
		this.clock = now;
		return now;
	}

	/** Whether an item pushed now could start at once. Advisory. */
	boolean isQuiet() {
		return this.nrRunning == 0 && backlog() == 0;
	}

	/** The number of items that wait. Advisory. */
	@SuppressWarnings("GuardedBy")
	int backlog() {
		return this.inbox.size() + this.worklist.size();
	}

	/**
	 * Wakes or makes a worker, where items wait and nobody runs. Called without the lock.
	 */
	void kick() {
		if (this.nrSeenAsleep > 0 && recount()) {
			this.engine.monitor.wake();
			return;
		}
		Worker worker = this.firstIdle;
		if (worker != null) {
			worker.wake();
		}
		else {
			createIfNeeded();
		}
	}

	/** A producer found the pool busy: is the counted worker asleep? */
	private void look() {
		Worker worker = this.counted;
		if (worker != null && worker.looksAsleep()) {
			noticeSleep(worker);
		}
		else {
			this.engine.monitor.wake();
		}
	}

	// ---- workers ----

	/**
	 * Says what a worker does next. The way from item to item is one hold of the lock.
	 */
	Next next(Worker worker) {
		long now = this.engine.time.nanoTime();
		Next next;
		boolean waiting;
		this.lock.lock();
		try {
			next = nextLocked(worker, now);
			waiting = hasWaiting();
		}
		finally {
			this.lock.unlock();
		}
		afterNext(worker, waiting);
		return next;
	}

	private void afterNext(Worker worker, boolean waiting) {
		if (worker.kick) {
			worker.kick = false;
			kick();
		}
		else if (waiting && this.managed) {
			this.engine.monitor.wake();
		}
		EngineWorkItem ended = worker.ended;
		if (ended != null) {
			worker.ended = null;
			ended.afterRun();
		}
	}

	@GuardedBy("lock")
	private Next nextLocked(Worker worker, long now) {
		complete(worker);
		drainInbox();
		if (worker.dying) {
			worker.kick = needsWorker();
			return Next.EXIT;
		}
		if (worker.idle) {
			leaveIdle(worker);
		}
		for (;;) {
			EngineWorkItem item = worker.scheduled.poll();
			if (item != null) {
				assign(worker, item, now);
				return Next.RUN;
			}
			if (!mayTake(worker)) {
				if (!rest(worker, now)) {
					return leave(worker);
				}
				if (this.inbox.isEmpty()) {
					return Next.PARK;
				}
				drainInbox();
				leaveIdle(worker);
				continue;
			}
			if (worker.prep) {
				if (!worker.triedSpare && wantsSpare()) {
					worker.triedSpare = true;
					this.creating = true;
					return Next.CREATE;
				}
				worker.prep = false;
				count(worker);
			}
			if (take(worker, now)) {
				return Next.RUN;
			}
		}
	}

	@GuardedBy("lock")
	private boolean mayTake(Worker worker) {
		if (worker.prep) {
			return PoolPolicy.needMoreWorker(hasWaiting(), this.nrRunning);
		}
		return PoolPolicy.keepWorking(hasWaiting(), this.nrRunning);
	}

	@GuardedBy("lock")
	private boolean hasWaiting() {
		return !this.worklist.isEmpty();
	}

	/**
	 * Takes the next item, unless it runs on another worker here: then it follows there.
	 */
	@GuardedBy("lock")
	private boolean take(Worker worker, long now) {
		EngineWorkItem item = this.worklist.poll();
		assert item != null;
		Worker runner = item.runner;
		if (runner != null && runner.pool == this) {
			assert runner != worker && runner.isExecuting(item);
			runner.scheduled.append(item);
			return false;
		}
		assign(worker, item, now);
		return true;
	}

	/** Makes an item the worker's: the order of effects is that of process_one_work. */
	@GuardedBy("lock")
	private void assign(Worker worker, EngineWorkItem item, long now) {
		QueueLink link = item.link;
		assert link != null && worker.item == null;
		worker.item = item;
		worker.link = link;
		worker.color = item.color;
		worker.barriers = item.barriers;
		worker.captured = item.captured;
		worker.queuedAt = item.queuedAt;
		worker.startedAt = now;
		worker.executions++;
		item.color = null;
		item.barriers = null;
		item.captured = null;
		item.runner = worker;
		this.clock = now;
		if (this.managed && link.queue.cpuIntensive) {
			uncount(worker);
			worker.hog = true;
		}
		worker.kick = PoolPolicy.needMoreWorker(hasWaiting(), this.nrRunning);
		item.start();
		link.started();
		link.queue.notPending();
	}

	/** Lets go of the item that the worker has run, if any. */
	@GuardedBy("lock")
	private void complete(Worker worker) {
		EngineWorkItem item = worker.item;
		QueueLink link = worker.link;
		FlushColors.Color color = worker.color;
		if (item == null || link == null || color == null) {
			return;
		}
		wakeUp(worker);
		if (worker.hog) {
			worker.hog = false;
			count(worker);
		}
		Barrier barriers = worker.barriers;
		worker.item = null;
		worker.link = null;
		worker.color = null;
		worker.barriers = null;
		worker.captured = null;
		worker.ended = item;
		item.ranOn(worker);
		link.completed(color, worker.failed);
		Barrier.completeAll(barriers);
	}

	@GuardedBy("lock")
	private void count(Worker worker) {
		if (this.managed) {
			this.nrRunning = this.nrRunning + 1;
			this.counted = worker;
		}
	}

	@GuardedBy("lock")
	private void uncount(Worker worker) {
		if (this.managed) {
			assert this.nrRunning > 0;
			this.nrRunning = this.nrRunning - 1;
			if (this.counted == worker) {
				this.counted = null;
			}
		}
	}

	/**
	 * Puts a worker without work to rest.
	 * @return false if it should end instead
	 */
	@GuardedBy("lock")
	private boolean rest(Worker worker, long now) {
		worker.triedSpare = false;
		if (!worker.prep) {
			worker.prep = true;
			uncount(worker);
		}
		if (this.kind == Kind.VIRTUAL || this.stopping) {
			return !this.inbox.isEmpty() && enterIdle(worker, now);
		}
		return enterIdle(worker, now);
	}

	@GuardedBy("lock")
	private boolean enterIdle(Worker worker, long now) {
		assert !worker.idle && worker.item == null && worker.scheduled.isEmpty();
		worker.idle = true;
		worker.idleSince = now;
		this.idle.addFirst(worker);
		worker.clearWake();
		this.firstIdle = worker;
		return true;
	}

	@GuardedBy("lock")
	private void leaveIdle(Worker worker) {
		assert worker.idle;
		worker.idle = false;
		worker.clearWake();
		if (this.idle.peekFirst() == worker) {
			this.idle.pollFirst();
		}
		else {
			this.idle.remove(worker);
		}
		this.firstIdle = this.idle.peekFirst();
	}

	@GuardedBy("lock")
	private Next leave(Worker worker) {
		remove(worker);
		return Next.EXIT;
	}

	@GuardedBy("lock")
	private void remove(Worker worker) {
		assert !worker.dying && !worker.idle;
		worker.dying = true;
		this.workers.remove(worker);
		this.nrWorkers = this.workers.size();
		this.engine.threads.gone(this);
	}

	/**
	 * Parks an idle worker: for good, or until the surplus must be looked at again. Spins
	 * a little first, because the next item is often on its way.
	 */
	void parkIdle(Worker worker) {
		for (int i = 0; i < SPINS; i++) {
			if (worker.isWakeSent()) {
				return;
			}
			Thread.onSpinWait();
		}
		while (!worker.isWakeSent()) {
			long nanos = cullIdle(this.engine.time.nanoTime());
			if (nanos == 0) {
				return;
			}
			if (nanos == Long.MAX_VALUE) {
				LockSupport.park(this);
			}
			else {
				this.engine.time.parkNanos(this, nanos);
			}
		}
	}

	/**
	 * Ends the workers that were idle for too long, oldest first, while there are too
	 * many.
	 * @return the time until the next may end, 0 if one has, or the greatest value
	 */
	private long cullIdle(long now) {
		long timeout = this.engine.idleNanos;
		this.lock.lock();
		try {
			int busy = this.workers.size() - this.idle.size();
			if (!PoolPolicy.tooManyWorkers(this.idle.size(), busy)) {
				return Long.MAX_VALUE;
			}
			Worker oldest = this.idle.peekLast();
			assert oldest != null;
			long left = timeout - (now - oldest.idleSince);
			if (left > 0) {
				return left;
			}
			dismiss(oldest);
			return 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends an idle worker: it wakes, finds itself dying, and passes on a wake that was
	 * for work.
	 */
	@GuardedBy("lock")
	private void dismiss(Worker worker) {
		leaveIdle(worker);
		remove(worker);
		worker.wake();
	}

	/**
	 * Lets the worker that has been idle longest end, so that another pool may have one.
	 */
	boolean giveWay() {
		this.lock.lock();
		try {
			Worker oldest = this.idle.peekLast();
			if (oldest == null || oldest.isWakeSent() || this.workers.size() < 2) {
				return false;
			}
			dismiss(oldest);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	// ---- creation ----

	/** Whether a worker that is about to start should make a spare one first. */
	@GuardedBy("lock")
	private boolean wantsSpare() {
		boolean oneIsEnough = this.kind == Kind.BH || this.kind == Kind.VIRTUAL;
		return !oneIsEnough && !PoolPolicy.mayStartWorking(this.idle.size()) && !this.creating && !this.creationFailed
				&& !this.stopping;
	}

	/** Makes a spare worker; the caller was told CREATE. Never at the cost of others. */
	void createSpare() {
		create(false);
	}

	/** Makes a worker if items wait and nobody is there. Called without the lock. */
	void createIfNeeded() {
		if (this.creationFailed) {
			this.engine.monitor.wake();
			return;
		}
		if (this.creating || isFull() || !claimCreation()) {
			return;
		}
		create(true);
	}

	private boolean isFull() {
		return this.kind == Kind.BH && this.nrWorkers > 0;
	}

	private boolean claimCreation() {
		this.lock.lock();
		try {
			drainInbox();
			if (this.creating || isFull()
					|| !PoolPolicy.needToCreateWorker(hasWaiting(), this.nrRunning, this.idle.size())) {
				return false;
			}
			this.creating = true;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void create(boolean needed) {
		Creation result = Creation.FAILED;
		try {
			result = this.engine.threads.create(this, needed);
		}
		finally {
			created(result, needed);
		}
	}

	private void created(Creation result, boolean needed) {
		boolean kick;
		this.lock.lock();
		try {
			this.creating = false;
			if (result == Creation.FAILED || (result == Creation.AT_LIMIT && needed)) {
				this.creationFailed = true;
				this.retryCreationAt = this.engine.time.nanoTime() + result.cooldownNanos();
			}
			drainInbox();
			kick = needed && needsWorker() && !(this.creationFailed && this.idle.isEmpty());
		}
		finally {
			this.lock.unlock();
		}
		if (kick) {
			kick();
		}
		if (result != Creation.MADE) {
			this.engine.monitor.wake();
		}
	}

	/** Registers a worker that is about to start, idle. */
	Worker register() {
		this.lock.lock();
		try {
			Worker worker = new Worker(this, workerName(), this.engine.listener);
			this.workers.add(worker);
			this.nrWorkers = this.workers.size();
			return worker;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The worker's thread is bound, and starts now. */
	void registerIdle(Worker worker) {
		this.lock.lock();
		try {
			enterIdle(worker, this.engine.time.nanoTime());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The thread of a registered worker could not be made or started. */
	void unregister(Worker worker) {
		this.lock.lock();
		try {
			if (worker.idle) {
				leaveIdle(worker);
			}
			remove(worker);
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private String workerName() {
		if (this.kind == Kind.BH) {
			return "kworker/" + this.cpu + (this.highpri ? ":bh-hi" : ":bh");
		}
		int number = this.nextWorkerId++;
		return (this.cpu >= 0) ? "kworker/" + this.cpu + ":" + number + (this.highpri ? "H" : "")
				: "kworker/u" + this.id + ":" + number + (this.highpri ? "H" : "");
	}

	/** The number of registered workers. Advisory. */
	int workerCount() {
		return this.nrWorkers;
	}

	// ---- sleep ----

	/** A counted worker was found asleep in its handler: another may start. */
	void noticeSleep(Worker worker) {
		boolean kick = false;
		this.lock.lock();
		try {
			drainInbox();
			if (isCounted(worker) && worker.looksAsleep()) {
				kick = fallAsleep(worker, Sleep.SEEN);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (kick) {
			kick();
		}
	}

	@GuardedBy("lock")
	private boolean isCounted(Worker worker) {
		return this.managed && worker.item != null && !worker.prep && !worker.hog && worker.sleep == Sleep.NONE;
	}

	/** Returns whether the pool needs a kick. */
	@GuardedBy("lock")
	private boolean fallAsleep(Worker worker, Sleep how) {
		uncount(worker);
		worker.sleep = how;
		if (how == Sleep.SEEN) {
			this.nrSeenAsleep = this.nrSeenAsleep + 1;
		}
		boolean need = PoolPolicy.needMoreWorker(hasWaiting(), this.nrRunning);
		QueueLink link = worker.link;
		if (need && link != null) {
			link.wokeAnother();
		}
		return need;
	}

	@GuardedBy("lock")
	private void wakeUp(Worker worker) {
		if (worker.sleep == Sleep.NONE) {
			return;
		}
		if (worker.sleep == Sleep.SEEN) {
			this.nrSeenAsleep = this.nrSeenAsleep - 1;
		}
		worker.sleep = Sleep.NONE;
		count(worker);
	}

	/** Counts those again that are awake; true if somebody is. */
	private boolean recount() {
		this.lock.lock();
		try {
			for (int i = 0; i < this.workers.size(); i++) {
				Worker worker = this.workers.get(i);
				if (worker.sleep == Sleep.SEEN && !worker.looksAsleep()) {
					wakeUp(worker);
				}
			}
			return this.nrRunning > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The calling worker is about to wait. */
	boolean beginSleep(Worker worker) {
		boolean kick;
		this.lock.lock();
		try {
			drainInbox();
			if (worker.sleep == Sleep.SEEN) {
				wakeUp(worker);
			}
			if (!isCounted(worker)) {
				return false;
			}
			kick = fallAsleep(worker, Sleep.HINTED);
		}
		finally {
			this.lock.unlock();
		}
		if (kick) {
			kick();
		}
		return true;
	}

	/** The calling worker's wait is over. */
	void endSleep(Worker worker) {
		this.lock.lock();
		try {
			wakeUp(worker);
		}
		finally {
			this.lock.unlock();
		}
	}

	// ---- the monitor ----

	/**
	 * Looks at the pool for the monitor: who sleeps, who woke, is a worker missing?
	 * @return whether items wait here, so that it must look again
	 */
	boolean inspect(long now) {
		if (backlog() == 0) {
			return false;
		}
		boolean kick = false;
		boolean retry;
		this.lock.lock();
		try {
			drainInbox();
			if (!hasWaiting()) {
				return false;
			}
			this.clock = now;
			for (int i = 0; i < this.workers.size(); i++) {
				kick |= inspect(this.workers.get(i));
			}
			retry = this.creationFailed && now - this.retryCreationAt >= 0;
			if (retry) {
				this.creationFailed = false;
			}
			kick |= retry && PoolPolicy.needMoreWorker(true, this.nrRunning);
		}
		finally {
			this.lock.unlock();
		}
		if (kick) {
			kick();
		}
		return this.managed || this.creationFailed;
	}

	@GuardedBy("lock")
	private boolean inspect(Worker worker) {
		if (worker.sleep == Sleep.SEEN && !worker.looksAsleep()) {
			wakeUp(worker);
		}
		else if (isCounted(worker) && worker.looksAsleep()) {
			return fallAsleep(worker, Sleep.SEEN);
		}
		return false;
	}

	// ---- items that somebody looks for ----

	/**
	 * QUEUED to TRANSIT: the caller owns the item.
	 * @return false if it is not queued here (any more), or its producer has not pushed
	 * it yet
	 */
	boolean steal(EngineWorkItem item) {
		boolean kick;
		this.lock.lock();
		try {
			drainInbox();
			if (!holds(item)) {
				return false;
			}
			QueueLink link = item.link;
			assert link != null;
			link.remove(item);
			link.queue.notPending();
			item.steal();
			kick = needsWorker();
		}
		finally {
			this.lock.unlock();
		}
		if (kick) {
			kick();
		}
		return true;
	}

	@GuardedBy("lock")
	private boolean holds(EngineWorkItem item) {
		long word = item.word();
		return WorkState.isQueued(word) && WorkState.pool(word) == this.id && item.list != null;
	}

	/**
	 * Places a barrier behind an item that is queued here.
	 * @return false if it is not (any more, or yet)
	 */
	boolean addBarrier(EngineWorkItem item, Completion completion) {
		this.lock.lock();
		try {
			drainInbox();
			if (!holds(item)) {
				return false;
			}
			QueueLink link = item.link;
			assert link != null;
			DeadlockGuard.checkNotBehind(item, link.queue, this);
			item.barriers = completion.barrier(item.barriers);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Places a barrier behind an item that a worker of this pool executes.
	 * @return false if it does not (any more)
	 */
	boolean addBarrier(Worker runner, EngineWorkItem item, Completion completion) {
		this.lock.lock();
		try {
			if (!runner.isExecuting(item)) {
				return false;
			}
			runner.barriers = completion.barrier(runner.barriers);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether a worker of this pool executes the item for the queue. */
	boolean executes(Worker runner, EngineWorkItem item, EngineWorkqueue queue) {
		this.lock.lock();
		try {
			return runner.isExecuting(item) && runner.link != null && runner.link.queue == queue;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Counts a retry. */
	void retried(QueueLink link) {
		this.lock.lock();
		try {
			link.retried();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Activates what a changed limit allows. */
	void activateWaiting(QueueLink link) {
		boolean kick;
		this.lock.lock();
		try {
			drainInbox();
			link.activateWaiting();
			kick = needsWorker();
		}
		finally {
			this.lock.unlock();
		}
		if (kick) {
			kick();
		}
	}

	boolean hasActive(QueueLink link) {
		this.lock.lock();
		try {
			drainInbox();
			return link.active() > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether a link is empty but for what the worker executes. */
	boolean isEmptyBut(QueueLink link, @Nullable Worker self) {
		this.lock.lock();
		try {
			drainInbox();
			boolean own = self != null && self.link == link;
			return own ? link.active() <= 1 && !link.hasInactive() : link.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets flushes no longer wait for what the worker executes. */
	void detach(Worker self) {
		this.lock.lock();
		try {
			QueueLink link = self.link;
			FlushColors.Color color = self.color;
			if (link != null && color != null) {
				self.color = link.detach(color);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** QUEUED to TRANSIT, for everything here: the caller owns the items. */
	List<EngineWorkItem> stealAll() {
		List<EngineWorkItem> stolen = new ArrayList<>();
		this.lock.lock();
		try {
			drainInbox();
			for (EngineWorkItem item = anyWaiting(); item != null; item = anyWaiting()) {
				QueueLink link = item.link;
				assert link != null;
				link.remove(item);
				link.queue.notPending();
				item.steal();
				stolen.add(item);
			}
		}
		finally {
			this.lock.unlock();
		}
		return stolen;
	}

	@GuardedBy("lock")
	private @Nullable EngineWorkItem anyWaiting() {
		if (!this.worklist.isEmpty()) {
			return this.worklist.first();
		}
		for (Worker worker : this.workers) {
			if (!worker.scheduled.isEmpty()) {
				return worker.scheduled.first();
			}
		}
		return null;
	}

	/** Adds the totals of a queue here to a sum. */
	void addTotals(QueueLink link, QueueTotals sum) {
		this.lock.lock();
		try {
			drainInbox();
			link.addTo(sum);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Collects what a queue has here. */
	void collect(QueueLink link, long now, List<BusyWorker> busy, List<WorkSnapshot> pending) {
		this.lock.lock();
		try {
			drainInbox();
			for (Worker worker : this.workers) {
				if (worker.link == link) {
					busy.add(busyWorker(worker, now));
				}
				collect(worker.scheduled, link, now, pending);
			}
			collect(this.worklist, link, now, pending);
			collect(link.inactive(), link, now, pending);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void collect(WorkList list, QueueLink link, long now, List<WorkSnapshot> pending) {
		for (EngineWorkItem item = list.first(); item != null; item = item.next) {
			if (item.link == link) {
				Duration age = Duration.ofNanos(Math.max(0, now - item.queuedAt));
				pending.add(new WorkSnapshot(item.name(), WorkSnapshot.State.PENDING, age, null, null, null, List.of(),
						item.key()));
			}
		}
	}

	@GuardedBy("lock")
	private static BusyWorker busyWorker(Worker worker, long now) {
		EngineWorkItem item = Objects.requireNonNull(worker.item);
		QueueLink link = Objects.requireNonNull(worker.link);
		Duration age = Duration.ofNanos(Math.max(0, now - worker.startedAt));
		return new BusyWorker(worker, link.queue.name(), item, age, worker.sleep, worker.hog, worker.description());
	}

	/** Counts the workers and collects the busy ones. */
	Snapshots.PoolCounts counts(long now, List<BusyWorker> busy) {
		this.lock.lock();
		try {
			drainInbox();
			long pending = this.worklist.size();
			for (Worker worker : this.workers) {
				if (worker.item != null) {
					busy.add(busyWorker(worker, now));
				}
				pending += worker.scheduled.size();
			}
			return new Snapshots.PoolCounts(this.workers.size(), this.idle.size(), this.nrRunning, pending);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Makes a completion wait for all that a queue has here. */
	void flush(QueueLink link, Completion completion) {
		this.lock.lock();
		try {
			drainInbox();
			link.flush(completion);
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean hasInactive(QueueLink link) {
		this.lock.lock();
		try {
			drainInbox();
			return link.hasInactive();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isEmpty(QueueLink link) {
		this.lock.lock();
		try {
			drainInbox();
			return link.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	// ---- under the lock, for others ----

	/** Moves what producers left to where it belongs. */
	@GuardedBy("lock")
	void drainInbox() {
		assert this.lock.isHeldByCurrentThread();
		for (EngineWorkItem item = this.inbox.takeAll(); item != null;) {
			EngineWorkItem newer = item.next;
			QueueLink link = item.link;
			assert link != null && link.pool == this;
			link.enter(item);
			item = newer;
		}
	}

	@GuardedBy("lock")
	List<Worker> workers() {
		return this.workers;
	}

	@GuardedBy("lock")
	int idleCount() {
		return this.idle.size();
	}

	int running() {
		return this.nrRunning;
	}

	boolean isCreationFailed() {
		return this.creationFailed;
	}

	/** Whether a kick is needed after a change under the lock. */
	@GuardedBy("lock")
	boolean needsWorker() {
		return PoolPolicy.needMoreWorker(hasWaiting(), this.nrRunning);
	}

	/** Ends idle workers now and others when they have nothing to do. */
	void stop() {
		List<Worker> idleOnes;
		this.lock.lock();
		try {
			this.stopping = true;
			idleOnes = List.copyOf(this.idle);
		}
		finally {
			this.lock.unlock();
		}
		idleOnes.forEach(Worker::wake);
	}

	String describe() {
		StringBuilder text = new StringBuilder("pool ").append(this.id);
		if (this.cpu >= 0) {
			text.append(" cpu=").append(this.cpu);
		}
		return text.append(" nice=").append(nice()).toString();
	}

	int nice() {
		return this.highpri ? -20 : 0;
	}

}
