package io.github.workqueue.durable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Claims due rows for this instance, in db-scheduler's polling thread, and hands them to
 * their targets. db-scheduler gives each row that it was given to its executor at once,
 * in order and in that thread; that is how a row finds its run.
 */
final class Claims {

	/** As many claims as may wait for a thread, so that others get their part. */
	static final int WAITING = 32;

	private static final Log logger = LogFactory.getLog(Claims.class);

	private final DurableStore store;

	private final Folding intake;

	private final ClaimWindow window;

	private final Lease lease;

	private final Runs runs;

	private final Parked parked;

	private final Later later;

	private final Map<String, DurableTarget> targets = new ConcurrentHashMap<>();

	/** Used by the polling thread only. */
	private final Queue<DurableClaim> claimed = new ArrayDeque<>();

	private volatile boolean more;

	private volatile boolean closed;

	private volatile boolean folding = true;

	Claims(DurableStore store, Lease lease, Runs runs, Parked parked, Later later, LongSupplier nanoTime) {
		this.store = store;
		this.intake = new Folding(store, nanoTime);
		this.window = new ClaimWindow(nanoTime, store::databaseTime);
		this.lease = lease;
		this.runs = runs;
		this.parked = parked;
		this.later = later;
	}

	void add(DurableTarget target) {
		this.targets.put(target.work(), target);
	}

	/** Asks the next look to fold the intake. */
	void fold() {
		this.folding = true;
	}

	/** Claims nothing any more. */
	void close() {
		this.closed = true;
	}

	/**
	 * Whether a look is worth while because a place of a queue has become free: soon if
	 * there are few, at once if half of them are, so that a claim takes several rows.
	 */
	Look wanted(Object queue) {
		if (!this.more || this.runs.waiting() > WAITING / 2) {
			return Look.NONE;
		}
		int limit = this.targets.values()
			.stream()
			.filter((target) -> target.queue() == queue)
			.mapToInt(DurableTarget::limit)
			.findFirst()
			.orElse(0);
		return (2 * this.runs.free(queue, limit) >= limit) ? Look.NOW : Look.SOON;
	}

	/** When to look for rows. */
	enum Look {

		NONE, SOON, NOW

	}

	/**
	 * Claims what is due, as much as there are places for.
	 * @return the claims; null if there was no reason to ask the database
	 */
	@Nullable List<DurableClaim> claim(int limit) {
		String lease = this.lease.name();
		List<DurableTarget> wanted = this.targets.values()
			.stream()
			.filter((target) -> !this.parked.isWhole(target.work()))
			.toList();
		FreePlaces places = FreePlaces.of(wanted, this.runs);
		int most = Math.min(places.total(), Math.min(limit, WAITING - this.runs.waiting()));
		if (this.closed || lease == null || most <= 0 || places.works().isEmpty()) {
			this.more = true;
			return null;
		}
		foldIntake();
		List<DurableClaim> claims = this.window.look(places.works(),
				(from) -> this.store.claim(places, most, lease, this.parked.ids(), from));
		if (claims.size() < most && !this.window.unseen().isZero()) {
			this.later.wakeIn(this.window.unseen());
		}
		this.more = claims.size() == most || places.isExhausted() || places.works().size() < wanted.size();
		this.claimed.addAll(claims);
		return claims;
	}

	private void foldIntake() {
		if (this.folding) {
			this.folding = false;
			this.folding = this.intake.fold();
		}
	}

	/** Reports rows of works that have no handler here. */
	void reportUnknown(List<DurableCount> counts) {
		counts.stream().filter((count) -> !this.targets.containsKey(count.work())).forEach(this.parked::report);
	}

	/** Counts what this instance cannot run as parked. */
	DurableCount parked(DurableCount count) {
		return isLeft(count.work()) ? count.unknown() : count.unreadable(this.parked.count(count.work()));
	}

	/** Whether this instance cannot run what a row stands for. */
	boolean isParked(WorkId id) {
		return isLeft(id.work()) || this.parked.contains(id);
	}

	/** Whether this instance runs nothing of a work. */
	private boolean isLeft(String work) {
		return !this.targets.containsKey(work) || this.parked.isWhole(work);
	}

	/** Hands the next claimed row to its target. */
	void dispatch(Runnable bookkeeping) {
		DurableClaim claim = this.claimed.remove();
		@Nullable DurableTarget target = this.targets.get(claim.id().work());
		if (target == null) {
			throw new IllegalStateException("a row of " + claim.id() + " was claimed without a handler");
		}
		Object queue = target.queue();
		DurableRun run = new DurableRun(claim, this.runs, bookkeeping, queue);
		this.runs.claimed(run, queue);
		try {
			target.accept(run);
		}
		catch (UnreadableRunException ex) {
			this.parked.add(claim.id(), ex);
			run.drop();
		}
		catch (RuntimeException ex) {
			logger.warn("A run of " + claim.id() + " could not be queued and is left to others", ex);
			run.drop();
		}
	}

}
