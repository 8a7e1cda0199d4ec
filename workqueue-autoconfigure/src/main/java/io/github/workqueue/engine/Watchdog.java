package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.WorkListener;
import io.github.workqueue.snapshot.StallSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Reports pools in which items wait and none has started for the threshold
 * ({@code wq_watchdog_timer_fn}): once when that is over, then once per threshold while
 * it lasts, and a line when it has ended. With the first of a group of stalls comes a
 * dump of the whole engine. Its thread sleeps until the earliest moment at which a pool
 * could be stalled, and for good while nothing waits; the monitor wakes it. It never
 * calls listeners: a thread of their own does.
 */
final class Watchdog implements Runnable {

	private static final System.Logger logger = System.getLogger(Watchdog.class.getName());

	private final WorkqueueEngine engine;

	/** 0 if there is no watchdog. */
	private final long thresholdNanos;

	/** Nobody has asked since the thread found nothing to wait for. */
	private final AtomicBoolean parked = new AtomicBoolean(true);

	@Racy("set once, before the thread starts")
	private volatile @Nullable Thread thread;

	@Racy("set once, at close")
	private volatile boolean stopped;

	/** Stalled pools: when each was last reported, and since when it is stalled. */
	@Confined("the watchdog")
	private final Map<WorkerPool, Stall> stalls = new LinkedHashMap<>();

	Watchdog(WorkqueueEngine engine, EngineSettings settings) {
		this.engine = engine;
		this.thresholdNanos = Durations.saturated(settings.watchdogThreshold());
	}

	/** Items wait somewhere. Called by the monitor. */
	void request() {
		if (this.thresholdNanos > 0 && this.parked.compareAndSet(true, false)) {
			if (this.thread == null) {
				start();
			}
			LockSupport.unpark(this.thread);
		}
	}

	/** Nothing waits any more: it need not wake up later to find that out. */
	void rest() {
		if (!this.parked.get()) {
			LockSupport.unpark(this.thread);
		}
	}

	private void start() {
		try {
			Thread thread = WorkerThreads.helper("kworkqueue/watchdog", this);
			this.thread = thread;
			thread.start();
		}
		catch (Throwable ex) {
			this.thread = null;
			this.parked.set(true);
			logger.log(Level.ERROR, "the watchdog thread could not be started; trying again with the next look", ex);
		}
	}

	@Override
	public void run() {
		while (!this.stopped) {
			// an interrupt that nobody takes would end every park at once
			Thread.interrupted();
			long pause = scan();
			if (pause == Long.MAX_VALUE) {
				parkIdle();
			}
			else if (!this.stopped) {
				this.engine.time.parkNanos(this, pause);
			}
		}
	}

	private void parkIdle() {
		this.parked.set(true);
		while (this.parked.get() && !this.stopped) {
			Thread.interrupted();
			LockSupport.park(this);
		}
		this.parked.set(false);
	}

	private long scan() {
		long next = Long.MAX_VALUE;
		for (WorkerPool pool : this.engine.pools()) {
			try {
				next = Math.min(next, scan(pool));
			}
			catch (RuntimeException | Error ex) {
				logger.log(Level.ERROR, "watching " + pool + " failed; the watchdog goes on", ex);
				next = Math.min(next, this.thresholdNanos);
			}
		}
		return next;
	}

	/** Returns the time until the pool must be scanned again. */
	private long scan(WorkerPool pool) {
		long now = this.engine.time.nanoTime();
		long stuck = pool.items.nanosWithoutProgress(now);
		Stall stall = this.stalls.get(pool);
		if (stuck < this.thresholdNanos) {
			if (stall != null) {
				this.stalls.remove(pool);
				ended(pool, now - stall.since);
			}
			return (stuck < 0) ? Long.MAX_VALUE : this.thresholdNanos - stuck;
		}
		boolean first = this.stalls.isEmpty();
		if (stall == null) {
			stall = new Stall(now - stuck);
			this.stalls.put(pool, stall);
			stall.reportedAt = now - this.thresholdNanos;
		}
		long left = this.thresholdNanos - (now - stall.reportedAt);
		if (left > 0) {
			return left;
		}
		stall.reportedAt = now;
		record(pool, stuck);
		report(new StallReport(pool, now, stuck).toString());
		if (first) {
			logger.log(Level.ERROR, this.engine::dump);
		}
		return this.thresholdNanos;
	}

	private void record(WorkerPool pool, long stuck) {
		for (StallSnapshot stall : this.engine.inspectStalls()) {
			if (stall.pool() == pool.id) {
				FlightEvents.stall(stall.work(), stall.workqueue(), pool.id, stuck);
			}
		}
	}

	private static void ended(WorkerPool pool, long nanos) {
		logger.log(Level.WARNING,
				"workqueue: " + pool + " makes progress again after " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
	}

	private void report(String report) {
		logger.log(Level.ERROR, report);
		WorkListener listener = this.engine.listener;
		if (listener != WorkListener.NONE) {
			WorkerThreads.helper("kworkqueue/stalled", () -> notify(listener, report)).start();
		}
	}

	private static void notify(WorkListener listener, String report) {
		try {
			listener.stalled(report);
		}
		catch (Throwable ex) {
			logger.log(Level.ERROR, "a WorkListener failed when told of a stall; the watchdog goes on", ex);
		}
	}

	/** Whether pools without progress for so long count as stalled. */
	boolean isStalled(long nanosWithoutProgress) {
		return this.thresholdNanos > 0 && nanosWithoutProgress >= this.thresholdNanos;
	}

	void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

	/** A pool that makes no progress. */
	private static final class Stall {

		private final long since;

		@Confined("the watchdog")
		private long reportedAt;

		private Stall(long since) {
			this.since = since;
		}

	}

	/** The names of a list of works, equal neighbours folded. */
	static String fold(List<String> works) {
		List<String> folded = new ArrayList<>();
		for (int i = 0; i < works.size();) {
			int end = i + 1;
			while (end < works.size() && works.get(end).equals(works.get(i))) {
				end++;
			}
			folded.add((end - i > 1) ? (end - i) + "*" + works.get(i) : works.get(i));
			i = end;
		}
		return String.join(", ", folded);
	}

}
