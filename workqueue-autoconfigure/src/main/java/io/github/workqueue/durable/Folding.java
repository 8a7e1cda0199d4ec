package io.github.workqueue.durable;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Makes requests of what callers have noted. A row that another caller has locked holds
 * up only what was noted for it, and that until another look. Used by one thread.
 */
final class Folding {

	/** With so many locked rows a look ends: each of them costs the wait for a lock. */
	private static final int ENOUGH = 3;

	/**
	 * As many numbers before the last ones that were folded are looked at: a caller that
	 * got one of them may have committed later.
	 */
	private static final long SLACK = 1000;

	private final DurableStore store;

	private final LongSupplier nanoTime;

	/** The least number that is looked at, unless it is time to look at everything. */
	private long from;

	private Rest rest = Rest.NONE;

	Folding(DurableStore store, LongSupplier nanoTime) {
		this.store = store;
		this.nanoTime = nanoTime;
	}

	/**
	 * Makes requests. What was folded stays in the index, as {@link ClaimWindow} says, so
	 * everything is looked at only in a twentieth of the time.
	 * @return whether another look finds more
	 */
	boolean fold() {
		long start = this.nanoTime.getAsLong();
		if (!this.rest.isOver(start)) {
			return foldFrom(this.from);
		}
		boolean more = foldFrom(0);
		this.rest = Rest.after(start, this.nanoTime.getAsLong()).atMost(ClaimWindow.LONGEST);
		return more;
	}

	private boolean foldFrom(long from) {
		Set<WorkId> locked = new HashSet<>();
		while (locked.size() < ENOUGH) {
			try {
				List<Long> folded = this.store.fold(from, locked);
				if (!folded.isEmpty()) {
					this.from = folded.get(0) - SLACK;
				}
				return folded.size() == DurableStore.BATCH;
			}
			catch (PessimisticLockingFailureException ex) {
				foldRowByRow(locked);
			}
		}
		return false;
	}

	private void foldRowByRow(Set<WorkId> locked) {
		for (WorkId id : new LinkedHashSet<>(this.store.noted(locked))) {
			try {
				this.store.foldOnly(id);
			}
			catch (PessimisticLockingFailureException ex) {
				locked.add(id);
				if (locked.size() >= ENOUGH) {
					return;
				}
			}
		}
	}

}
