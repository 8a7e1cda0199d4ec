package io.github.workqueue.durable;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What this instance has claimed and not ended, and how its rows are ended. An end that
 * cannot be written, because the row is locked or the database away, is tried again until
 * it is written or this instance closes; the row stays this instance's meanwhile.
 * Thread-safe.
 */
final class Runs {

	private static final Log logger = LogFactory.getLog(Runs.class);

	private final DurableStore store;

	private final Lease lease;

	private final Later later;

	private final Consumer<Object> freed;

	private final Set<DurableRun> waiting = ConcurrentHashMap.newKeySet();

	private final Map<Object, AtomicInteger> perQueue = new ConcurrentHashMap<>();

	private final AtomicInteger unfinished = new AtomicInteger();

	Runs(DurableStore store, Lease lease, Later later, Consumer<Object> freed) {
		this.store = store;
		this.lease = lease;
		this.later = later;
		this.freed = freed;
	}

	/** Notes a run that was claimed for a queue. */
	void claimed(DurableRun run, Object queue) {
		this.unfinished.incrementAndGet();
		this.waiting.add(run);
		inQueue(queue).incrementAndGet();
	}

	/** Notes that db-scheduler has forgotten a run. */
	void forgotten(DurableRun run, Object queue) {
		this.waiting.remove(run);
		inQueue(queue).decrementAndGet();
		this.freed.accept(queue);
	}

	/** How many more runs a queue can be given. */
	int free(Object queue, int limit) {
		return limit - inQueue(queue).get();
	}

	private AtomicInteger inQueue(Object queue) {
		return this.perQueue.computeIfAbsent(queue, (absent) -> new AtomicInteger());
	}

	int waiting() {
		return this.waiting.size();
	}

	void started(DurableRun run) {
		this.waiting.remove(run);
	}

	boolean isCovered(DurableClaim claim) {
		return this.lease.covers(claim.lease());
	}

	/** Gives back all that has not started. */
	void giveBackWaiting() {
		this.waiting.forEach(DurableRun::giveBack);
	}

	void giveBack(DurableRun run) {
		this.waiting.remove(run);
		write(run.claim(), this.store::giveBack, 0);
	}

	void end(DurableRun run, End end) {
		if (end.write()) {
			write(run.claim(), (claim) -> run.ended(end, end.apply(this.store, claim)), 0);
			end.wakeLater(this.later);
		}
	}

	private void write(DurableClaim claim, Write write, int attempt) {
		try {
			Ended ended = write.apply(claim);
			this.unfinished.decrementAndGet();
			if (ended == Ended.STALE) {
				logger.warn("A run of " + claim.id() + " was taken for dead and lost its row to another one");
			}
			else if (ended == Ended.PENDING) {
				this.later.wakeIn(Duration.ZERO);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The end of a run of " + claim.id() + " is written later", ex);
			if (!this.later.again(attempt, () -> write(claim, write, attempt + 1))) {
				logger.warn("The end of a run of " + claim.id() + " could not be written; it will run again", ex);
			}
		}
	}

	/** Whether every row that was claimed is free again. */
	boolean isEmpty() {
		return this.unfinished.get() == 0;
	}

	/** What is done to a row; may throw what the database throws. */
	@FunctionalInterface
	private interface Write {

		Ended apply(DurableClaim claim);

	}

}
