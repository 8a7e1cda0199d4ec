package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.workqueue.engine.Completion.Barrier;
import org.jspecify.annotations.Nullable;

/**
 * Armed timers: arm, move, cancel, fire. One thread sleeps until the next due time and
 * hands what is due to its queue; it never ticks, never fires early and never calls a
 * handler. It starts with the first timer.
 * <p>
 * The lock protects the wheel, and the state of every item in it: arming, stealing and
 * firing happen under it, so each armed instance has one end.
 */
final class TimerQueue implements Runnable {

	private static final System.Logger logger = System.getLogger(TimerQueue.class.getName());

	/** How many items are fired under one hold of the lock. */
	private static final int BATCH = 64;

	/** 146 years: longer delays are cut to this. */
	static final long MAX_DELAY_NANOS = Long.MAX_VALUE / 2;

	private final ReentrantLock lock = new ReentrantLock();

	private final TimeSource time;

	private final Transit transit;

	private final Tuning tuning;

	@GuardedBy("lock")
	private @Nullable TimerWheel wheel;

	/** When the thread wakes up by itself; meaningless while it sleeps for good. */
	@GuardedBy("lock")
	private long sleepsUntil;

	@GuardedBy("lock")
	private boolean sleepsForGood = true;

	@GuardedBy("lock")
	private @Nullable Thread thread;

	@GuardedBy("lock")
	private boolean stopped;

	/** A wake-up alone could be used up by the locks that the thread takes. */
	@Racy("written under the lock: the thread must look again before it sleeps")
	private volatile boolean news;

	TimerQueue(TimeSource time, Transit transit, Tuning tuning) {
		this.time = time;
		this.tuning = tuning;
		this.transit = transit;
	}

	/** TRANSIT to TIMER: the caller owns the item. */
	void arm(EngineDelayedWorkItem item, long delayNanos, EngineDelayedWorkItem.Kind kind) {
		Thread wake;
		boolean armed = false;
		this.lock.lock();
		try {
			long now = this.time.nanoTime();
			item.due(kind, now + Math.min(delayNanos, MAX_DELAY_NANOS));
			item.arm();
			wake = add(item, now);
			armed = true;
		}
		finally {
			if (!armed) {
				item.abandon();
			}
			this.lock.unlock();
		}
		LockSupport.unpark(wake);
	}

	/**
	 * Moves an armed item, to a queue and a time.
	 * @return false if it is not armed (any more)
	 */
	boolean move(EngineDelayedWorkItem item, long delayNanos, EngineWorkqueue queue, int cpu) {
		Thread wake;
		this.lock.lock();
		try {
			if (!WorkState.isArmed(item.word())) {
				return false;
			}
			long now = this.time.nanoTime();
			wheel(now).remove(item);
			item.aim(queue, cpu);
			item.due(EngineDelayedWorkItem.Kind.PLAIN, now + Math.min(delayNanos, MAX_DELAY_NANOS));
			wake = add(item, now);
		}
		finally {
			this.lock.unlock();
		}
		LockSupport.unpark(wake);
		return true;
	}

	/**
	 * Moves the deadline of a debounced item, but not beyond its limit.
	 * @return false if it is not armed (any more)
	 */
	boolean postpone(EngineDelayedWorkItem item, long delayNanos) {
		Thread wake = null;
		this.lock.lock();
		try {
			if (!WorkState.isArmed(item.word())) {
				return false;
			}
			if (item.kind == EngineDelayedWorkItem.Kind.DEBOUNCE) {
				long now = this.time.nanoTime();
				long left = Math.max(0, item.limitAt - now);
				wheel(now).remove(item);
				item.dueAt = now + Math.min(Math.min(delayNanos, MAX_DELAY_NANOS), left);
				wake = add(item, now);
			}
		}
		finally {
			this.lock.unlock();
		}
		LockSupport.unpark(wake);
		return true;
	}

	@GuardedBy("lock")
	private TimerWheel wheel(long now) {
		TimerWheel wheel = this.wheel;
		if (wheel == null) {
			wheel = new TimerWheel(now, this.tuning.timerDigit());
			this.wheel = wheel;
		}
		return wheel;
	}

	/** Returns the thread to unpark, if it would wake too late. */
	@GuardedBy("lock")
	private @Nullable Thread add(EngineDelayedWorkItem item, long now) {
		wheel(now).add(item, now);
		if (!this.sleepsForGood && item.dueAt - this.sleepsUntil >= 0) {
			return null;
		}
		this.sleepsForGood = false;
		this.sleepsUntil = item.dueAt;
		this.news = true;
		if (this.thread == null) {
			start();
		}
		return this.thread;
	}

	@GuardedBy("lock")
	private void start() {
		if (this.stopped) {
			return;
		}
		try {
			Thread thread = WorkerThreads.helper("kworkqueue/timer", this);
			thread.start();
			this.thread = thread;
		}
		catch (Throwable ex) {
			this.sleepsForGood = true;
			logger.log(Level.ERROR, "the timer thread could not be started; trying again with the next timer", ex);
		}
	}

	/**
	 * TIMER to TRANSIT: the caller, who is in a section, owns the item.
	 * @return false if it is not armed (any more)
	 */
	boolean steal(EngineDelayedWorkItem item) {
		this.lock.lock();
		try {
			TimerWheel wheel = this.wheel;
			if (wheel == null || !WorkState.isArmed(item.word())) {
				return false;
			}
			wheel.remove(item);
			item.steal();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * TIMER to idle: drops the armed instance, and the count of its retries. Needs no
	 * section, because nobody has the item in hand on the way.
	 * @param end gives the item back
	 * @return false if it is not armed (any more)
	 */
	boolean cancel(EngineDelayedWorkItem item, Consumer<EngineWorkItem> end) {
		Barrier waiting;
		this.lock.lock();
		try {
			TimerWheel wheel = this.wheel;
			if (wheel == null || !WorkState.isArmed(item.word())) {
				return false;
			}
			wheel.remove(item);
			item.forgetAttempts();
			waiting = item.takeInstance();
			end.accept(item);
		}
		finally {
			this.lock.unlock();
		}
		Barrier.completeAll(waiting);
		return true;
	}

	/** Steals all armed items that match; the caller, in a section, owns them. */
	List<EngineDelayedWorkItem> stealAll(Predicate<EngineDelayedWorkItem> condition) {
		List<EngineDelayedWorkItem> stolen = new ArrayList<>();
		this.lock.lock();
		try {
			TimerWheel wheel = this.wheel;
			if (wheel != null) {
				wheel.forEach((item) -> {
					if (condition.test(item)) {
						wheel.remove(item);
						item.steal();
						stolen.add(item);
					}
				});
			}
		}
		finally {
			this.lock.unlock();
		}
		return stolen;
	}

	/** Calls back for each armed item, under the lock. */
	void forEach(Consumer<EngineDelayedWorkItem> action) {
		this.lock.lock();
		try {
			if (this.wheel != null) {
				this.wheel.forEach(action);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	int size() {
		this.lock.lock();
		try {
			return (this.wheel != null) ? this.wheel.size() : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void run() {
		TimerSlack.minimize();
		List<EngineDelayedWorkItem> due = new ArrayList<>(BATCH);
		List<Runnable> rest = new ArrayList<>(BATCH);
		boolean goesOn = true;
		while (goesOn) {
			try {
				goesOn = round(due, rest);
			}
			catch (RuntimeException | Error ex) {
				logger.log(Level.ERROR, "the timer thread failed; it goes on in a second", ex);
				LockSupport.parkNanos(this, WorkerCreation.Result.FAILED.cooldownNanos());
			}
		}
	}

	/** Fires what is due, or sleeps; returns false to end. */
	private boolean round(List<EngineDelayedWorkItem> due, List<Runnable> rest) {
		long pause = fire(due, rest);
		if (pause < 0) {
			return false;
		}
		if (due.isEmpty()) {
			park(pause);
		}
		rest.forEach(TimerQueue::finish);
		due.clear();
		rest.clear();
		return true;
	}

	/**
	 * Takes items that are due and hands them to their queues, within one section.
	 * @param rest is given what is left to be done after the section
	 * @return as {@link #collect} does
	 */
	private long fire(List<EngineDelayedWorkItem> due, List<Runnable> rest) {
		int section = this.transit.enter();
		try {
			long pause = collect(due);
			due.forEach((item) -> rest.add(fire(item)));
			return pause;
		}
		finally {
			this.transit.exit(section);
		}
	}

	private void park(long nanos) {
		// an interrupt that nobody takes would end every park at once
		Thread.interrupted();
		if (this.news) {
			return;
		}
		if (nanos == Long.MAX_VALUE) {
			LockSupport.park(this);
		}
		else {
			this.time.parkNanos(this, nanos);
		}
	}

	private static Runnable fire(EngineDelayedWorkItem item) {
		try {
			return item.target().requests.insertDue(item);
		}
		catch (RuntimeException | Error ex) {
			return () -> {
				logger.log(Level.ERROR, "queueing work '" + item.name() + "', which is due, failed", ex);
				item.afterCancel();
			};
		}
	}

	private static void finish(Runnable rest) {
		try {
			rest.run();
		}
		catch (RuntimeException | Error ex) {
			logger.log(Level.ERROR, "what follows the queueing of work that is due failed", ex);
		}
	}

	/**
	 * Takes items that are due.
	 * @return the time to sleep if there are none, negative to end
	 */
	long collect(List<EngineDelayedWorkItem> due) {
		this.lock.lock();
		try {
			if (this.stopped) {
				return -1;
			}
			this.news = false;
			long now = this.time.nanoTime();
			TimerWheel wheel = wheel(now);
			while (due.size() < BATCH) {
				EngineDelayedWorkItem item = wheel.pollDue(now);
				if (item == null) {
					break;
				}
				item.steal();
				due.add(item);
			}
			long pause = due.isEmpty() ? wheel.nanosToNext(now) : 0;
			this.sleepsForGood = pause == Long.MAX_VALUE;
			this.sleepsUntil = now + pause;
			return pause;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Ends the thread; nothing fires afterwards. */
	void stop() {
		Thread thread;
		this.lock.lock();
		try {
			this.stopped = true;
			this.news = true;
			thread = this.thread;
		}
		finally {
			this.lock.unlock();
		}
		LockSupport.unpark(thread);
	}

}
