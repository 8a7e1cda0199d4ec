package io.github.workqueue.spring;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.WorkqueueDeadlockException;
import io.github.workqueue.spring.BatchKeys.Outcome;
import io.github.workqueue.spring.BatchKeys.Ticket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The bean of a handler that takes a list of keys: one item of the engine, which never
 * runs beside itself, before a set of keys. Its timer is that of the key that is due
 * first, and its context that of the request of the batch's first key.
 *
 * @param <K> the type of the keys
 */
final class HandlerBatchWork<K> extends HandlerKeys<K> implements WorkHandler {

	private static final Log logger = LogFactory.getLog(HandlerBatchWork.class);

	/** The least delay that needs a timer. */
	private static final Duration TIMER = Duration.ofNanos(1);

	private final DelayedWorkItem item;

	private final BatchKeys keys = new BatchKeys();

	HandlerBatchWork(HandlerSpec spec, WorkSupport support) {
		super(spec, support);
		this.item = support.workqueues().initDelayedWork(spec.name(), home(), this);
	}

	// ---- the handler ----

	/** Not for the item: each key has its own. */
	@Override
	public @Nullable Object capture() {
		return null;
	}

	@Override
	public void execute(WorkExecution execution) throws Exception {
		List<Object> batch = begin();
		if (batch.isEmpty()) {
			armRest();
			return;
		}
		boolean again = false;
		try {
			attempt(execution, this.keys.captured(), null, batch);
		}
		catch (WorkRetryException ex) {
			again = this.keys.isAnyLeft();
			if (again) {
				throw ex;
			}
			support().failures().report(ex);
			throw Attempt.<RuntimeException>asIs(Objects.requireNonNull(ex.getCause()));
		}
		finally {
			end(again);
		}
	}

	@Override
	void givenUp(@Nullable Object key) {
		this.keys.giveUp();
		armRest();
	}

	@Override
	public int dropped(@Nullable Object key) {
		return Math.max(1, this.keys.removeAll());
	}

	@Override
	public void handle(WorkItem work) throws Exception {
		List<Object> batch = begin();
		try {
			if (!batch.isEmpty()) {
				call(batch);
			}
		}
		finally {
			end(false);
		}
	}

	private List<Object> begin() {
		return this.keys.begin(spec().batchSize(), support().now(), support().isClosing(), spec().debounce());
	}

	private void end(boolean again) {
		this.keys.end(again);
		if (!again) {
			armRest();
		}
	}

	private void armRest() {
		try {
			arm();
		}
		catch (WorkRejectedException ex) {
			logger.warn(this.keys.removeAll() + " keys of " + this + " will not run: " + ex.getMessage());
		}
	}

	// ---- the timer ----

	/**
	 * Sets the timer to the key that is due first, until no other call has changed which
	 * one that is.
	 */
	private void arm() {
		Long due = this.keys.nextDue();
		while (due != null) {
			armAt(due);
			Long next = this.keys.nextDue();
			due = (next != null && next - due < 0) ? next : null;
		}
	}

	private void armAt(long due) {
		long left = due - support().now();
		Duration delay = Duration.ofNanos(Math.max(0, left));
		if (spec().debounce()) {
			// a delay that has passed meanwhile is still a timer's, which no limit holds
			// back
			this.item.debounce((left < 0) ? TIMER : delay, null);
		}
		else if (!this.item.schedule(delay)) {
			this.item.modify(delay);
		}
	}

	// ---- requests ----

	@Override
	boolean send(Object key, Object argument, @Nullable Duration delay) {
		boolean debounce = spec().debounce();
		Duration least = (delay != null) ? delay : Duration.ZERO;
		boolean joins = !debounce && least.equals(spec().delay());
		return request(key, argument, least, spec().maxWait(), joins,
				debounce ? BatchKeys.Due.POSTPONE : BatchKeys.Due.KEEP) == Outcome.ACCEPTED;
	}

	private Outcome request(Object key, Object argument, Duration delay, @Nullable Duration maxWait, boolean joins,
			BatchKeys.Due due) {
		long now = support().now();
		long limitAt = now + nanos((maxWait != null) ? maxWait : Duration.ofNanos(Long.MAX_VALUE));
		long dueAt = Math.min(nanos(delay), limitAt - now) + now;
		Ticket ticket = this.keys.join(key, argument, dueAt, joins, due);
		if (ticket == null && !this.keys.isDisabled(key)) {
			ticket = this.keys.put(key, argument, support().capture(), dueAt, limitAt, joins, due);
		}
		if (ticket == null) {
			return Outcome.REFUSED;
		}
		try {
			if (!ticket.joined() || due != BatchKeys.Due.KEEP) {
				tell(ticket.timer(), dueAt, delay);
			}
		}
		catch (RuntimeException | Error ex) {
			if (this.keys.withdraw(ticket) || !(ex instanceof WorkRejectedException)) {
				throw ex;
			}
		}
		return this.keys.settle(ticket);
	}

	/**
	 * Tells the engine of a request, so that it may refuse it, and moves the timer if
	 * another key is due first now. A run that begins meanwhile sets the timer when it
	 * ends.
	 */
	private void tell(BatchKeys.Timer timer, long dueAt, Duration delay) {
		Long due = timer.due();
		if (due == null) {
			return;
		}
		if (spec().debounce()) {
			if (timer.moved() || !this.item.isPending()) {
				arm();
			}
			return;
		}
		boolean accepted = this.item.schedule(delay);
		if (accepted ? due - dueAt < 0 : timer.moved()) {
			arm();
		}
	}

	private static long nanos(Duration delay) {
		long longest = Long.MAX_VALUE / 4;
		return (delay.compareTo(Duration.ofNanos(longest)) < 0) ? delay.toNanos() : longest;
	}

	@Override
	public boolean modify(K argument, Duration delay) {
		Object key = spec().keyOf(argument);
		boolean pending = request(key, argument, Delays.check(delay), null, false,
				BatchKeys.Due.REPLACE) == Outcome.PENDING;
		if (pending && this.keys.isBackingOff()) {
			this.item.modify(delay);
		}
		return pending;
	}

	@Override
	public boolean debounce(K argument, Duration delay, @Nullable Duration maxWait) {
		return request(spec().keyOf(argument), argument, Delays.check(delay), maxWait, false,
				BatchKeys.Due.POSTPONE) == Outcome.ACCEPTED;
	}

	@Override
	public boolean cancel(K argument) {
		boolean backingOff = this.keys.isBackingOff();
		boolean cancelled = this.keys.remove(spec().keyOf(argument));
		stopIfNothingIsLeft(backingOff);
		return cancelled;
	}

	@Override
	public boolean cancelSync(K argument) throws InterruptedException {
		Object key = spec().keyOf(argument);
		if (this.keys.isRunning(key) && support().isCurrent(this.item)) {
			throw new WorkqueueDeadlockException("work '" + name() + "' cannot wait for the end of its own execution");
		}
		boolean backingOff = this.keys.isBackingOff();
		boolean cancelled = this.keys.removeAndAwait(key);
		stopIfNothingIsLeft(backingOff);
		return cancelled;
	}

	@Override
	public boolean cancelKey(@Nullable Object key) {
		boolean backingOff = this.keys.isBackingOff();
		boolean cancelled = this.keys.removeAll() > 0;
		stopIfNothingIsLeft(backingOff);
		return cancelled;
	}

	@Override
	public void flushKey(@Nullable Object key) throws InterruptedException {
		if (this.keys.expediteAll(support().now())) {
			this.item.modify(Duration.ZERO);
		}
		this.item.flush();
	}

	/**
	 * Spares the engine a run without keys, and the keys that come next the count of a
	 * batch that is gone. Keys that come meanwhile are armed again.
	 */
	private void stopIfNothingIsLeft(boolean wasBackingOff) {
		if (this.keys.isEmpty() || (wasBackingOff && !this.keys.isBackingOff())) {
			this.item.cancel();
			arm();
		}
	}

	@Override
	public boolean flush(K argument) throws InterruptedException {
		BatchEntry entry = this.keys.last(spec().keyOf(argument));
		if (entry == null) {
			return false;
		}
		int attempt = entry.attempts + 1;
		while (this.keys.isBeforeEndOf(entry, attempt)) {
			if (this.keys.expedite(entry, support().now())) {
				this.item.modify(Duration.ZERO);
			}
			this.item.flush();
		}
		return true;
	}

	@Override
	public boolean isPending(K argument) {
		return this.keys.isPending(spec().keyOf(argument));
	}

	@Override
	public boolean isRunning(K argument) {
		return this.keys.isRunning(spec().keyOf(argument));
	}

	@Override
	public int size() {
		return this.keys.size();
	}

}
