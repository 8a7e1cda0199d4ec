package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.engine.WorkerPool.Next;

/**
 * A real per-CPU pool of a real engine whose threads never run: a test makes each of
 * their moves in their stead, so a model checker can put them in any order. Time stands
 * still meanwhile. Whether a handler sleeps is what the test says.
 */
class PoolHarness {

	/** The engine, but it starts no thread of a worker and makes no system queues. */
	static EngineCopy engine() {
		return new EngineCopy().torn(WorkerThreads.class, "start", "start")
			.without(WorkqueueEngine.class, "<init>", "allocSystemQueues")
			.sound();
	}

	/** What the handlers of items do: the blockers sleep until the test wakes them. */
	static final int BLOCKERS = 2;

	private static final int ITEMS = 5;

	private static final int SEATS = 6;

	/** Rounds of moves within which all that can happen has happened. */
	private static final int SETTLED = 30;

	/** After that long another thread is asked for. */
	private static final long COOLDOWN_NANOS = WorkerCreation.Result.FAILED.cooldownNanos();

	final WorkqueueEngine engine;

	final WorkerPool pool;

	final EngineWorkqueue queue;

	final EngineWorkItem[] items = new EngineWorkItem[ITEMS];

	private final Seat[] seats = new Seat[SEATS];

	/** How often each item was accepted, started, ended and taken away. */
	final int[] accepted = new int[ITEMS];

	final int[] started = new int[ITEMS];

	final int[] ended = new int[ITEMS];

	final int[] removed = new int[ITEMS];

	private final StandingTime time = new StandingTime();

	private int taken;

	private boolean refuses;

	PoolHarness() {
		EngineSettings settings = EngineSettings.builder()
			.cpus(1)
			.cpuIntensiveThreshold(Duration.ofHours(1))
			.timeSource(this.time)
			.threadFactory((worker) -> seat((Worker) worker))
			.build();
		this.engine = WorkqueueEngine.start(settings, new Probe());
		this.engine.monitor.stop();
		this.pool = this.engine.pool(0);
		QueueRules rules = QueueRules.of(WorkqueueSpec.named("queue").maxActive(8), false, settings);
		this.queue = new EngineWorkqueue(this.engine, rules, List.of(this.pool));
		this.queue.updateLimit();
		for (int i = 0; i < ITEMS; i++) {
			this.items[i] = new EngineWorkItem(
					new WorkDefinition("item-" + i, this.queue, (WorkHandler) WorkItem::name));
		}
	}

	/** The blockers come first. */
	static boolean isBlocker(int item) {
		return item < BLOCKERS;
	}

	private Thread seat(Worker worker) {
		if (this.refuses) {
			throw new IllegalStateException("no more threads");
		}
		Seat seat = new Seat(worker);
		this.seats[this.taken] = seat;
		this.taken++;
		return seat;
	}

	Seat seat(int number) {
		return this.seats[number];
	}

	// ---- moves ----

	/** A producer queues an item, unless it is pending. */
	final void queue(int number) {
		EngineWorkItem item = this.items[number];
		int section = this.engine.transit.enter();
		boolean taken = item.tryTake() == WorkState.Take.TAKEN;
		boolean first = taken && put(item);
		this.engine.transit.exit(section);
		if (taken) {
			this.pool.pushed(first);
		}
	}

	private boolean put(EngineWorkItem item) {
		this.accepted[number(item)]++;
		item.link = this.queue.linkIn(this.pool);
		item.enqueue(this.pool.id);
		return this.pool.put(item);
	}

	static int number(EngineWorkItem item) {
		return item.name().charAt(item.name().length() - 1) - '0';
	}

	/** A worker goes on, if it is not parked or asleep. */
	final boolean work(int number) {
		Seat seat = this.seats[number];
		return seat != null && seat.move();
	}

	/** What a worker executes falls asleep, or wakes. */
	final void sleep(int number, boolean asleep) {
		Seat seat = this.seats[number];
		if (seat != null && seat.at == Next.RUN) {
			seat.asleep = asleep;
		}
	}

	/** What a worker executes says that it is about to wait. */
	final void hint(int number) {
		Seat seat = this.seats[number];
		if (seat != null && seat.at == Next.RUN) {
			seat.asleep = true;
			seat.worker.beginBlocking();
		}
	}

	/** From now on there are no threads to be had, until everything settles. */
	final void refuseThreads() {
		this.refuses = true;
	}

	/** The monitor looks at the pool, if that is watched. */
	final boolean look() {
		boolean watched = this.pool.progress.isWatched();
		if (watched) {
			this.pool.watch.look(this.engine.time.nanoTime(), this.engine.probe.nativeStates());
		}
		return watched;
	}

	// ---- the promise ----

	/** The promise of {@link PoolProgress}, when no thread is in the middle of a step. */
	final void checkPromise() {
		if (isWaiting() && !this.pool.progress.isWatched() && !isWorkerOnItsWay()) {
			throw new AssertionError("an item waits and nobody comes: " + this);
		}
	}

	private boolean isWorkerOnItsWay() {
		for (int i = 0; i < this.taken; i++) {
			Seat seat = this.seats[i];
			if (seat.isOnItsWay()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Lets everybody make their moves until nothing happens any more, blockers asleep.
	 * Then nothing may wait for a worker.
	 */
	final void settle() {
		this.refuses = false;
		for (int round = 0; round < SETTLED && isWaiting(); round++) {
			if (!workAll()) {
				this.time.now += COOLDOWN_NANOS;
				look();
			}
		}
		if (isWaiting()) {
			throw new AssertionError("an item waits for good: " + this);
		}
	}

	private boolean workAll() {
		boolean moved = false;
		for (int i = 0; i < this.taken; i++) {
			this.seats[i].block();
			moved |= work(i);
		}
		return moved;
	}

	private boolean isWaiting() {
		return this.pool.hasWaiting() || this.pool.hasArrivals();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(
				"arrivals=" + this.pool.hasArrivals() + " waiting=" + this.pool.worklist.size() + " running="
						+ this.pool.concurrency.running() + " watched=" + this.pool.progress.isWatched());
		for (int i = 0; i < this.taken; i++) {
			text.append(", ").append(this.seats[i]);
		}
		return text.toString();
	}

	/** The thread of a worker, which {@link #engine} never starts. */
	final class Seat extends Thread implements TornSteps.Puppet {

		final Worker worker;

		/** What the pool last said; LINGER before it was asked. */
		private Next at = Next.LINGER;

		private boolean asleep;

		private Seat(Worker worker) {
			super("seat");
			this.worker = worker;
		}

		@Override
		public void begin() {
			this.worker.begun = true;
		}

		/** A blocker falls asleep as soon as it runs. */
		private void block() {
			EngineWorkItem item = this.worker.execution.item;
			if (this.at == Next.RUN && item != null) {
				this.asleep |= isBlocker(number(item));
			}
		}

		private boolean isOnItsWay() {
			return switch (this.at) {
				case RUN, EXIT -> false;
				case PARK -> this.worker.isWakeSent();
				case CREATE, LINGER -> true;
			};
		}

		private boolean move() {
			if (!this.worker.begun || this.at == Next.EXIT || (this.at == Next.RUN && this.asleep)
					|| (this.at == Next.PARK && !this.worker.isWakeSent())) {
				return false;
			}
			if (this.at == Next.RUN) {
				PoolHarness.this.ended[number(this.worker.execution.item)]++;
				this.worker.execution.enterEngine();
			}
			if (this.at == Next.CREATE) {
				this.worker.pool.creation.createSpare();
			}
			this.at = this.worker.pool.next(this.worker);
			if (this.at == Next.RUN) {
				PoolHarness.this.started[number(this.worker.execution.item)]++;
				this.worker.execution.leaveEngine(true);
			}
			return true;
		}

		@Override
		public String toString() {
			return this.at + (this.asleep ? " asleep" : "") + (this.worker.isWakeSent() ? " woken" : "");
		}

	}

	/** A clock that stands still until everything settles. */
	private static final class StandingTime implements TimeSource {

		private long now;

		@Override
		public long nanoTime() {
			return this.now;
		}

		@Override
		public void parkNanos(Object blocker, long nanos) {
			throw new AssertionError("nobody waits here");
		}

	}

	/** Says of a seat whether it sleeps. */
	private static final class Probe implements ThreadProbe {

		@Override
		public boolean isWaiting(Thread thread) {
			return thread instanceof Seat seat && seat.asleep;
		}

		@Override
		public long cpuNanos(Thread thread) {
			return -1;
		}

		@Override
		public NativeStates nativeStates() {
			return new NativeStates() {

				@Override
				public NativeState of(long tid) {
					return NativeState.RUNNING;
				}

				@Override
				public void close() {
				}

			};
		}

	}

}
