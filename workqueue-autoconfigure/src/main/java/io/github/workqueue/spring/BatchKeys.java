package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a batch handler. Those that wait are in the order of their acceptance; the
 * batch is what runs, or what waits to be tried again.
 *
 * <pre>
 *   no batch -> running      a run takes keys that wait
 *   running  -> no batch     it succeeded, or failed for good
 *   running  -> backing off  it is to be tried again, as it is
 *   backing off -> running   it is
 * </pre>
 */
final class BatchKeys {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	@GuardedBy("lock")
	private final Map<Object, BatchEntry> waiting = new LinkedHashMap<>();

	@GuardedBy("lock")
	private final Map<Object, BatchEntry> batch = new LinkedHashMap<>();

	/** How many cancellations of a key wait for its run; meanwhile it is refused. */
	@GuardedBy("lock")
	private final Map<Object, Integer> cancelling = new HashMap<>();

	/**
	 * When the first of those that wait is due; null if that must be looked for. Requests
	 * of many keys must not look at all of them each time.
	 */
	@GuardedBy("lock")
	private @Nullable Long firstDue;

	@GuardedBy("lock")
	private boolean running;

	/** What the batch runs in, also when its first key has been cancelled since. */
	@GuardedBy("lock")
	private @Nullable AcceptedRequest captured;

	/** What became of a request. */
	enum Outcome {

		ACCEPTED, PENDING, REFUSED

	}

	/**
	 * A request that is under way.
	 *
	 * @param joined whether the key was pending, by a request that was granted
	 * @param before when the key was to run without this request
	 * @param after when it is to run with it
	 * @param timer what the timer has to know
	 */
	record Ticket(BatchEntry entry, Arguments.Request request, boolean joined, BatchEntry.Time before,
			BatchEntry.Time after, Timer timer) {
	}

	/**
	 * What a request means for the timer.
	 *
	 * @param due when the next key is due, see {@link #nextDue()}
	 * @param moved whether the request has changed that
	 */
	record Timer(@Nullable Long due, boolean moved) {
	}

	/** Tells whether requests of a key are refused. */
	boolean isDisabled(Object key) {
		this.lock.lock();
		try {
			return this.cancelling.containsKey(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Changes what waits for a pending key, before the request is granted or refused.
	 * @return null if the key is disabled, or not pending
	 */
	@Nullable Ticket join(Object key, Object argument, long dueAt, boolean joins, Due due) {
		this.lock.lock();
		try {
			BatchEntry entry = pending(key);
			return (entry == null || this.cancelling.containsKey(key)) ? null
					: change(entry, argument, new BatchEntry.Time(dueAt, joins), due, next());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Changes what waits for a key, before the request is granted or refused.
	 * @param captured what the execution needs of the request, if the key is not pending
	 * @return null if the key is disabled
	 */
	@Nullable Ticket put(Object key, Object argument, @Nullable AcceptedRequest captured, long dueAt, long limitAt, boolean joins,
			Due due) {
		this.lock.lock();
		try {
			if (this.cancelling.containsKey(key)) {
				return null;
			}
			Long before = next();
			BatchEntry entry = pending(key);
			if (entry == null) {
				entry = new BatchEntry(key, captured, dueAt, limitAt, joins);
				this.waiting.put(key, entry);
			}
			return change(entry, argument, new BatchEntry.Time(dueAt, joins), due, before);
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private Ticket change(BatchEntry entry, Object argument, BatchEntry.Time time, Due due, @Nullable Long nextBefore) {
		BatchEntry.Time before = entry.time;
		entry.time = due.change(entry, time);
		moved(before.dueAt(), entry.time.dueAt());
		Arguments.Request request = new Arguments.Request(argument);
		entry.arguments.add(request);
		Long next = next();
		return new Ticket(entry, request, entry.accepted, before, entry.time,
				new Timer(next, !Objects.equals(next, nextBefore)));
	}

	@GuardedBy("lock")
	private void moved(long before, long after) {
		Long first = this.firstDue;
		if (first == null) {
			return;
		}
		if (after - first < 0) {
			this.firstDue = after;
		}
		else if (before == first && after != before) {
			this.firstDue = null;
		}
	}

	/** A request is granted: of several for one pending key, the first made it so. */
	Outcome settle(Ticket ticket) {
		this.lock.lock();
		try {
			BatchEntry entry = ticket.entry();
			entry.arguments.settle(ticket.request());
			boolean first = !entry.accepted;
			entry.accepted = true;
			return first ? Outcome.ACCEPTED : Outcome.PENDING;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A request was refused: the key is as if it had not been made.
	 * @return false if it is granted nevertheless: a run has begun with it, or it has
	 * joined a key that waits for the end of a run
	 */
	boolean withdraw(Ticket ticket) {
		this.lock.lock();
		try {
			BatchEntry entry = ticket.entry();
			if (this.running && ticket.joined() && this.waiting.get(entry.key) == entry) {
				return false;
			}
			if (!entry.arguments.withdraw(ticket.request())) {
				return false;
			}
			this.firstDue = null;
			if (entry.time.equals(ticket.after())) {
				entry.time = ticket.before();
			}
			if (entry.arguments.isEmpty()) {
				this.waiting.remove(entry.key, entry);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What a further request does to the time at which a key is due. */
	enum Due {

		KEEP, POSTPONE, REPLACE;

		private BatchEntry.Time change(BatchEntry entry, BatchEntry.Time time) {
			return switch (this) {
				case KEEP -> entry.time;
				case POSTPONE -> new BatchEntry.Time(entry.limited(time.dueAt()), entry.time.joins());
				case REPLACE -> time;
			};
		}

	}

	@GuardedBy("lock")
	private @Nullable BatchEntry pending(Object key) {
		BatchEntry entry = this.waiting.get(key);
		return (entry != null || this.running) ? entry : this.batch.get(key);
	}

	/**
	 * Returns the entry of the last request of a key, which may run already, or null.
	 */
	@Nullable BatchEntry last(Object key) {
		this.lock.lock();
		try {
			BatchEntry entry = this.waiting.get(key);
			return (entry != null) ? entry : this.batch.get(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Makes an entry that waits due.
	 * @return true if it has to be run now, false if it runs already
	 */
	boolean expedite(BatchEntry entry, long now) {
		this.lock.lock();
		try {
			entry.time = new BatchEntry.Time(now, entry.time.joins());
			this.firstDue = null;
			return !(this.running && this.batch.containsValue(entry));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Makes all keys that wait due.
	 * @return true if there is one
	 */
	boolean expediteAll(long now) {
		this.lock.lock();
		try {
			this.firstDue = null;
			this.waiting.values().forEach((entry) -> entry.time = new BatchEntry.Time(now, entry.time.joins()));
			return !this.waiting.isEmpty() || (!this.running && !this.batch.isEmpty());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Tells whether an entry still waits for the end of its attempt number so. */
	boolean isBeforeEndOf(BatchEntry entry, int attempt) {
		this.lock.lock();
		try {
			return entry.attempts < attempt
					&& (this.waiting.get(entry.key) == entry || this.batch.get(entry.key) == entry);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the batch of the run that begins: the one that is tried again, else keys that
	 * are due and those that join them. While the engine closes, it runs what waits
	 * instead of letting it go.
	 */
	List<Object> begin(int size, long now, boolean closing, boolean debounced) {
		this.lock.lock();
		try {
			if (this.batch.isEmpty()) {
				boolean due = this.waiting.values().stream().anyMatch((entry) -> entry.time.dueAt() - now <= 0);
				boolean all = closing && (debounced || !due);
				take(size, (entry) -> all || entry.time.dueAt() - now <= 0);
				take(due ? size : 0, (entry) -> entry.time.joins());
				this.captured = this.batch.values().stream().findFirst().map((entry) -> entry.captured).orElse(null);
			}
			this.running = !this.batch.isEmpty();
			List<Object> arguments = new ArrayList<>();
			this.batch.values().forEach((entry) -> arguments.add(entry.arguments.take()));
			return arguments;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns what the batch that runs is to run in: that of its first key's request. */
	@Nullable AcceptedRequest captured() {
		this.lock.lock();
		try {
			return this.captured;
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private void take(int size, Predicate<BatchEntry> wanted) {
		this.firstDue = null;
		Iterator<BatchEntry> entries = this.waiting.values().iterator();
		while (entries.hasNext() && this.batch.size() < size) {
			BatchEntry entry = entries.next();
			if (wanted.test(entry)) {
				entries.remove();
				this.batch.put(entry.key, entry);
			}
		}
	}

	void end(boolean again) {
		this.lock.lock();
		try {
			this.batch.values().forEach((entry) -> entry.attempts++);
			this.running = false;
			if (again) {
				dropOutdated();
			}
			else {
				this.batch.clear();
				this.captured = null;
			}
			this.ended.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A key that was requested during the failed attempt is in the next one only once.
	 */
	@GuardedBy("lock")
	private void dropOutdated() {
		this.firstDue = null;
		for (BatchEntry entry : this.batch.values()) {
			BatchEntry later = this.waiting.remove(entry.key);
			if (later != null) {
				entry.arguments.addAll(later.arguments);
				later.arguments = entry.arguments;
			}
		}
		this.batch.keySet().removeAll(this.cancelling.keySet());
	}

	/**
	 * Removes the pending request of a key.
	 * @return true if there was one
	 */
	boolean remove(Object key) {
		this.lock.lock();
		try {
			return removeLocked(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Tells whether the batch that runs has a key that nobody waits to cancel. */
	boolean isAnyLeft() {
		this.lock.lock();
		try {
			return !this.cancelling.keySet().containsAll(this.batch.keySet());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets go of a batch that was to be tried again. */
	void giveUp() {
		this.lock.lock();
		try {
			if (!this.running) {
				this.batch.clear();
				this.captured = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Removes the pending requests of all keys.
	 * @return how many there were
	 */
	int removeAll() {
		this.lock.lock();
		try {
			Set<Object> pending = new HashSet<>(this.waiting.keySet());
			if (!this.running) {
				pending.addAll(this.batch.keySet());
			}
			pending.forEach(this::removeLocked);
			return pending.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private boolean removeLocked(Object key) {
		this.firstDue = null;
		return this.waiting.remove(key) != null || (!this.running && this.batch.remove(key) != null);
	}

	/**
	 * Removes the pending request of a key and waits for the end of a running one;
	 * meanwhile the key is refused.
	 */
	boolean removeAndAwait(Object key) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			boolean removed = removeLocked(key);
			this.cancelling.merge(key, 1, Integer::sum);
			try {
				while (this.running && this.batch.containsKey(key)) {
					this.ended.await();
				}
				return removed;
			}
			finally {
				this.cancelling.computeIfPresent(key, (same, count) -> (count > 1) ? count - 1 : null);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns when the next key is due; null if none waits, or only behind a batch that
	 * is to be tried again.
	 */
	@Nullable Long nextDue() {
		this.lock.lock();
		try {
			return next();
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private @Nullable Long next() {
		if (!this.running && !this.batch.isEmpty()) {
			return null;
		}
		if (this.firstDue == null) {
			this.firstDue = searchFirst();
		}
		assert Objects.equals(this.firstDue, searchFirst());
		return this.firstDue;
	}

	@GuardedBy("lock")
	private @Nullable Long searchFirst() {
		Long first = null;
		for (BatchEntry entry : this.waiting.values()) {
			if (first == null || entry.time.dueAt() - first < 0) {
				first = entry.time.dueAt();
			}
		}
		return first;
	}

	/** Tells whether a batch waits to be tried again. */
	boolean isBackingOff() {
		this.lock.lock();
		try {
			return !this.running && !this.batch.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isEmpty() {
		return size() == 0;
	}

	boolean isPending(Object key) {
		this.lock.lock();
		try {
			return pending(key) != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isRunning(Object key) {
		this.lock.lock();
		try {
			return this.running && this.batch.containsKey(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	int size() {
		this.lock.lock();
		try {
			Set<Object> keys = new HashSet<>(this.waiting.keySet());
			keys.addAll(this.batch.keySet());
			return keys.size();
		}
		finally {
			this.lock.unlock();
		}
	}

}
