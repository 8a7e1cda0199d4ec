package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workqueue.engine.ThreadProbe.NativeStates;
import io.github.workqueue.engine.Worker.Sleep;
import io.github.workqueue.engine.WorkerPool.Kind;
import io.github.workqueue.engine.WorkerWatch.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The monitor's view of one pool: looked at only while items wait there, or while a
 * worker is missing ({@code pool_mayday_timeout}), and for BH pools while they work.
 * <p>
 * A look takes the lock to see who executes what, probes the threads without it, and
 * takes it again to tell the pool. An execution that has ended in between is left alone.
 */
final class PoolWatch {

	static final long NEVER = Long.MAX_VALUE;

	/** Looks in a row that must find nothing before the watch ends. */
	private static final int QUIET_LOOKS = 2;

	/** How long a BH handler may sleep unnoticed. */
	private static final long BH_SLEEP_NANOS = 1_000_000;

	/** From when on a worker that keeps others waiting is named in thread dumps. */
	private static final long LABEL_NANOS = 10_000_000;

	private final WorkerPool pool;

	@Confined("the monitor")
	private boolean watching;

	private final LookPace pace = new LookPace();

	/** By the clock of looks, as is the next field. */
	@Confined("the monitor")
	private long lastLookAt;

	@Confined("the monitor")
	private long nextLookAt;

	/** The last look found somebody to replace. */
	@Confined("the monitor")
	private boolean replaced;

	@Confined("the monitor")
	private int quietLooks;

	/** Since when a worker is missing. */
	@Confined("the monitor")
	private long missingSince;

	@Confined("the monitor")
	private boolean missing;

	@Confined("the monitor")
	private long maydayAt;

	private final List<Suspect> suspects = new ArrayList<>();

	PoolWatch(WorkerPool pool) {
		this.pool = pool;
	}

	/**
	 * Looks if it is time to.
	 * @return the time until the next look
	 */
	long lookIfDue(TimeSource time, NativeStates states) {
		this.lastLookAt = time.lookNanos();
		if (!this.watching) {
			this.watching = true;
			this.quietLooks = 0;
			long pause = this.pace.begin((this.pool.kind == Kind.BH) ? BH_SLEEP_NANOS : LookPace.FIRST_NANOS);
			this.nextLookAt = this.lastLookAt + pause;
			return pause;
		}
		long left = this.nextLookAt - this.lastLookAt;
		boolean wentBack = left > LookPace.SLOW_NANOS;
		return (left > 0 && !wentBack) ? left : look(time.nanoTime(), states);
	}

	/** Looks now. */
	long look(long now, NativeStates states) {
		boolean busy = collect();
		for (Suspect suspect : this.suspects) {
			suspect.verdict = suspect.worker.watch.look(suspect.worker, suspect.execution, now,
					this.pool.engine.hogNanos, states);
		}
		Set<Rescuer> rescuers = apply(now);
		rescuers.forEach((rescuer) -> rescuer.request(this.pool));
		report(now);
		if (busy || this.missing) {
			this.quietLooks = 0;
			return plan(now);
		}
		return rest();
	}

	/** Returns whether the pool must be looked at again. */
	private boolean collect() {
		this.suspects.clear();
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			boolean waiting = this.pool.hasWaiting();
			if (waiting || this.pool.kind == Kind.BH) {
				for (Worker worker : this.pool.workers) {
					if (worker.isBusy()) {
						this.suspects.add(new Suspect(worker, worker.execution.number, worker.execution.name(),
								worker.execution.link().queue.name()));
					}
				}
			}
			return waiting || !this.suspects.isEmpty();
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Whether a BH worker works, which is watched even if nothing waits. */
	private boolean worksInBh() {
		return this.pool.kind == Kind.BH && this.pool.workers.stream().anyMatch((worker) -> worker.isBusy());
	}

	private Set<Rescuer> apply(long now) {
		boolean kick = false;
		Set<Rescuer> rescuers;
		this.pool.lock.lock();
		try {
			this.pool.drainInbox();
			this.pool.tick(now);
			for (Suspect suspect : this.suspects) {
				kick |= apply(suspect, now);
			}
			this.replaced = kick;
			this.pool.creation.buryStillborn(now);
			this.pool.creation.allowRetry(now);
			kick |= this.pool.needsWorker();
			rescuers = mayday(now);
		}
		finally {
			this.pool.lock.unlock();
		}
		if (kick) {
			this.pool.progress.kick();
		}
		return rescuers;
	}

	/** Returns whether the pool needs a kick. */
	private boolean apply(Suspect suspect, long now) {
		Worker worker = suspect.worker;
		if (!worker.isBusy() || worker.execution.number != suspect.execution) {
			suspect.verdict = null;
			return false;
		}
		if (worker.watch.waited(now) > LABEL_NANOS && this.pool.hasWaiting()) {
			worker.execution.labelOnce(suspect.work);
		}
		Concurrency concurrency = this.pool.concurrency;
		boolean counted = concurrency.isCounted(worker);
		Verdict verdict = suspect.verdict;
		if (verdict == Verdict.WAITING && counted && worker.looksAsleep()) {
			return concurrency.fallAsleep(worker, Sleep.SEEN);
		}
		if (verdict == Verdict.WAITING_NATIVELY && counted) {
			return concurrency.fallAsleep(worker, Sleep.NATIVE);
		}
		if (verdict == Verdict.HOG && counted) {
			return concurrency.becomeHog(worker);
		}
		if (verdict == Verdict.HOG) {
			suspect.verdict = Verdict.AWAKE;
		}
		if (suspect.verdict == Verdict.AWAKE && worker.sleep != Sleep.HINTED) {
			concurrency.wakeUp(worker);
		}
		return false;
	}

	/** Whom to call because no worker can be had. */
	private Set<Rescuer> mayday(long now) {
		boolean needed = this.pool.creation.isNeeded();
		if (!needed || !this.missing) {
			this.missing = needed;
			this.missingSince = now;
			this.maydayAt = now + this.pool.engine.maydayInitialNanos;
			return Set.of();
		}
		if (now - this.maydayAt < 0) {
			return Set.of();
		}
		this.maydayAt = now + this.pool.engine.maydayIntervalNanos;
		Map<QueueLink, String> waiting = new LinkedHashMap<>();
		for (EngineWorkItem item : this.pool.worklist) {
			waiting.putIfAbsent(item.link(), item.name());
		}
		Set<Rescuer> rescuers = new LinkedHashSet<>();
		waiting.forEach((link, work) -> {
			Rescuer rescuer = link.queue.rescuer();
			if (rescuer != null) {
				link.calledRescuer();
				rescuers.add(rescuer);
				FlightEvents.mayday(work, link.queue.name(), this.pool.id, now - this.missingSince);
			}
		});
		return rescuers;
	}

	private void report(long now) {
		for (Suspect suspect : this.suspects) {
			Worker worker = suspect.worker;
			if (suspect.verdict == Verdict.HOG) {
				FlightEvents.hog(suspect.work, suspect.queue, worker.name, worker.watch.burned());
				this.pool.engine.reports.hog(suspect.work);
			}
			else if (this.pool.kind == Kind.BH && suspect.verdict != Verdict.AWAKE && suspect.verdict != null
					&& worker.reportOnce(suspect.execution)) {
				this.pool.engine.reports.sleepsInBh(suspect.work, worker);
			}
		}
	}

	/** The time until the next look, while items wait. */
	private long plan(long now) {
		boolean awake = false;
		boolean burning = false;
		boolean suspected = false;
		for (Suspect suspect : this.suspects) {
			boolean counted = suspect.verdict == Verdict.AWAKE;
			awake |= counted;
			burning |= counted && suspect.worker.watch.burned() > LABEL_NANOS;
			suspected |= counted && suspect.worker.watch.isSuspect();
		}
		boolean slow = !suspected && (burning || !awake || !this.pool.managed);
		long next = this.replaced ? this.pace.afterFind() : this.pace.afterNothing(slow);
		if (this.missing) {
			next = Math.min(next, Math.max(LookPace.FIRST_NANOS, this.maydayAt - now));
			next = Math.min(next, this.pool.creation.nanosToRetry(now));
		}
		this.nextLookAt = this.lastLookAt + next;
		return next;
	}

	/** Nothing waits: one more look, in case that was a moment only, then none. */
	private long rest() {
		this.quietLooks++;
		if (this.quietLooks < QUIET_LOOKS || !endWatch()) {
			long pause = this.pace.beforeEnd();
			this.nextLookAt = this.lastLookAt + pause;
			return pause;
		}
		this.watching = false;
		return NEVER;
	}

	/** Returns false if a BH worker has begun to work meanwhile. */
	private boolean endWatch() {
		this.pool.lock.lock();
		try {
			if (worksInBh()) {
				return false;
			}
			this.pool.progress.endWatch();
			return true;
		}
		finally {
			this.pool.lock.unlock();
		}
	}

	/** Since when a worker is missing; for the monitor's thread. */
	long missingSince() {
		return this.missingSince;
	}

	/** A worker that keeps others waiting. */
	private static final class Suspect {

		private final Worker worker;

		private final long execution;

		private final String work;

		private final String queue;

		@Confined("the monitor")
		private @Nullable Verdict verdict;

		private Suspect(Worker worker, long execution, String work, String queue) {
			this.worker = worker;
			this.execution = execution;
			this.work = work;
			this.queue = queue;
		}

	}

}
