package io.github.workqueue.durable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A run that was claimed for this instance. Its row's end is written once the body has
 * returned, by the thread that ran it. States: waiting, then started or released; only
 * the one that leaves "waiting" acts.
 */
public final class DurableRun {

	private static final ThreadLocal<DurableRun> CURRENT = new ThreadLocal<>();

	private final DurableClaim claim;

	private final Runs runs;

	/** What db-scheduler wants to be run, whatever becomes of the claim. */
	private final Runnable bookkeeping;

	private final Object queue;

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

	/** Set by the executing thread for itself. */
	private @Nullable Body body;

	/** Set by the executing thread for itself. */
	private @Nullable Throwable failure;

	private volatile boolean retryRefused;

	DurableRun(DurableClaim claim, Runs runs, Runnable bookkeeping, Object queue) {
		this.claim = claim;
		this.runs = runs;
		this.bookkeeping = bookkeeping;
		this.queue = queue;
	}

	DurableClaim claim() {
		return this.claim;
	}

	/**
	 * Returns whose run it is.
	 * @return the work and the key
	 */
	public WorkId id() {
		return this.claim.id();
	}

	/**
	 * Returns the queue that accepted it.
	 * @return the name of the queue
	 */
	public String queue() {
		return this.claim.queue();
	}

	/**
	 * Returns the argument as JSON.
	 * @return the latest argument; null if the key is the argument
	 */
	public @Nullable String argument() {
		return this.claim.argument();
	}

	/**
	 * Returns which attempt it is.
	 * @return the attempt, from 1
	 */
	public int attempt() {
		return this.claim.attempt();
	}

	/**
	 * Returns the fencing token.
	 * @return a number that is greater for every later run of the same work and key
	 */
	public long token() {
		return this.claim.version();
	}

	/**
	 * Returns the run that the calling thread executes.
	 * @return the run, or null if it executes none
	 */
	public static @Nullable DurableRun current() {
		return CURRENT.get();
	}

	/**
	 * Runs the body and ends the row: removes it, unless it was requested again, or makes
	 * it pending for the next attempt. Does not call the body if the run was given back
	 * or the lease is not sure any more.
	 * @param body the body
	 * @throws Throwable what the body threw, itself
	 */
	public void execute(Body body) throws Throwable {
		this.body = body;
		keepBooks();
		if (this.failure != null) {
			throw this.failure;
		}
	}

	/**
	 * Runs what db-scheduler wants, which calls {@link #perform()} unless it is shut
	 * down.
	 */
	private void keepBooks() {
		DurableRun outer = CURRENT.get();
		CURRENT.set(this);
		try {
			this.bookkeeping.run();
		}
		finally {
			restore(outer);
			giveBack();
			this.runs.forgotten(this, this.queue);
		}
	}

	private static void restore(@Nullable DurableRun outer) {
		if (outer != null) {
			CURRENT.set(outer);
		}
		else {
			CURRENT.remove();
		}
	}

	/** Makes the row pending again, if the run has not started. */
	void giveBack() {
		if (this.state.compareAndSet(State.WAITING, State.RELEASED)) {
			this.runs.giveBack(this);
		}
	}

	/**
	 * Leaves the run to others, instead of {@link #execute}.
	 */
	public void drop() {
		giveBack();
		keepBooks();
	}

	/** Notes what the end did to the row. */
	Ended ended(End end, Ended ended) {
		this.retryRefused = end.retry() != null && ended == Ended.IDLE;
		return ended;
	}

	/**
	 * Tells whether another attempt was wanted, and there will be none: the run was
	 * cancelled meanwhile.
	 * @return true if so; false also while that is not known
	 */
	public boolean isRetryRefused() {
		return this.retryRefused;
	}

	/** Writes the end. */
	void end(End end) {
		this.runs.end(this, end);
	}

	/**
	 * Starts the run if nothing is against it.
	 * @return what is to be done to the row
	 */
	End perform() {
		Body body = this.body;
		if (body == null || !this.runs.isCovered(this.claim)) {
			giveBack();
			return End.NONE;
		}
		if (!this.state.compareAndSet(State.WAITING, State.STARTED)) {
			return End.NONE;
		}
		this.runs.started(this);
		try {
			Duration retry = body.run();
			return (retry != null) ? End.retry(retry) : End.SUCCESS;
		}
		catch (Throwable ex) {
			this.failure = ex;
			return (ex instanceof DurableRetryException next) ? End.retry(next.delay()) : End.SUCCESS;
		}
	}

	private enum State {

		WAITING, STARTED, RELEASED

	}

	/**
	 * What a run does.
	 */
	@FunctionalInterface
	public interface Body {

		/**
		 * Runs.
		 * @return the time until the next attempt; null if there is to be none
		 * @throws Throwable anything: it ends the run, without another attempt unless it
		 * is a {@link DurableRetryException}
		 */
		@Nullable Duration run() throws Throwable;

	}

}
