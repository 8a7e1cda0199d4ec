package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;

import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.Completion.Barrier;
import org.jspecify.annotations.Nullable;

/**
 * What a worker executes: an item from {@link #begin} until {@link #end}, and nothing in
 * between; the only place that calls handlers ({@code process_one_work}, and what
 * {@code struct worker} calls {@code current_work} and so on). Each worker has one, and
 * uses it for one item after the other.
 *
 * <pre>
 *   begin      under the pool's lock: takes over what the item has for this run
 *   run        without: start is told, the handler called, its end told
 *   end        under the lock: the item is let go
 *   afterEnd   without: who waited for the run goes on
 * </pre>
 */
final class Execution implements WorkExecution {

	private static final System.Logger logger = System.getLogger(Worker.class.getName());

	private static final VarHandle IN_HANDLER;

	private static final VarHandle ITEM;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			IN_HANDLER = lookup.findVarHandle(Execution.class, "inHandler", boolean.class);
			ITEM = lookup.findVarHandle(Execution.class, "item", EngineWorkItem.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	final Worker worker;

	private final WorkListener listener;

	@Racy("written under the pool's lock; others ask whether it is theirs")
	@Nullable EngineWorkItem item;

	@Racy("written by the worker; tells others whether a wait of its thread is the handler's")
	private boolean inHandler;

	@PoolWritten
	private @Nullable QueueLink link;

	@PoolWritten
	private FlushColors.@Nullable Color color;

	@PoolLocked
	@Nullable Barrier barriers;

	/** How many items the worker has started: tells executions apart. */
	@PoolLocked
	long number;

	/** The how manieth start in the pool its item is. */
	@PoolLocked
	private long start;

	@PoolWritten
	private long startedAt;

	@PoolWritten
	private long queuedAt;

	@PoolWritten
	private @Nullable Object captured;

	@PoolWritten
	private int attempt;

	@Racy("written under the pool's lock, read by snapshots: what the handler called itself")
	private volatile @Nullable String description;

	/** The thread's name has a description behind it. */
	@PoolLocked
	private boolean labelled;

	/** Whether the last item failed. */
	@Confined("the worker's thread")
	boolean failed;

	/** The item that has ended, if something is left to be done without the lock. */
	@Confined("the worker's thread")
	private @Nullable EngineWorkItem ended;

	@Confined("the worker's thread")
	private @Nullable Barrier endedBarriers;

	Execution(Worker worker) {
		this.worker = worker;
		this.listener = worker.pool.engine.listener;
	}

	// ---- under the pool's lock ----

	/** Takes an item, which is pending still. Called under the pool's lock. */
	void begin(EngineWorkItem item, long now) {
		ITEM.setRelease(this, item);
		aim(item.link(), Objects.requireNonNull(item.color));
		this.barriers = item.barriers;
		this.captured = item.captured;
		this.attempt = item.attempts + 1;
		this.queuedAt = item.queuedAt;
		this.startedAt = now;
		this.number++;
		this.start = ++this.worker.pool.starts;
		item.barriers = null;
		item.captured = null;
		item.runsOn(this.worker);
	}

	/** The item is pending no longer. Called under the pool's lock. */
	void started() {
		Objects.requireNonNull(this.item).start();
		QueueLink link = link();
		link.started();
		link.queue.notPending();
	}

	/** Writes as little as {@link EngineWorkItem} does. */
	private void aim(QueueLink link, FlushColors.Color color) {
		if (this.link != link) {
			this.link = link;
		}
		if (this.color != color) {
			this.color = color;
		}
	}

	/** Lets the item go, and then tells its queue. Called under the pool's lock. */
	void end() {
		QueueLink link = link();
		FlushColors.Color color = Objects.requireNonNull(this.color);
		link.burned(this.worker.takeBurned());
		letGo();
		link.completed(color, this.failed);
	}

	/** Executes nothing any more. Called under the pool's lock. */
	void letGo() {
		EngineWorkItem item = Objects.requireNonNull(this.item);
		if (this.barriers != null || item.wantsAfterRun()) {
			this.ended = item;
			this.endedBarriers = this.barriers;
		}
		ITEM.setRelease(this, null);
		this.barriers = null;
		this.captured = null;
		unlabel();
	}

	/** Keeps no queue alive while the worker rests. Called under the pool's lock. */
	void forget() {
		this.link = null;
		this.color = null;
	}

	/** The link of the item. Asked while there is one. */
	QueueLink link() {
		return Objects.requireNonNull(this.link);
	}

	/** The name of the item's work. Asked while there is one. */
	String name() {
		return Objects.requireNonNull(this.item).name();
	}

	/** For how many nanoseconds the item had waited. */
	long waited() {
		return Math.max(0, this.startedAt - this.queuedAt);
	}

	/** Called under the pool's lock while there is an item. */
	BusyWorker busy(long now) {
		Duration age = Duration.ofNanos(Math.max(0, now - this.startedAt));
		return new BusyWorker(this.worker, link().queue.name(), Objects.requireNonNull(this.item), this.start, age,
				this.worker.sleep, this.worker.hog, this.description);
	}

	// ---- any thread ----

	boolean isOf(EngineWorkItem item) {
		return ITEM.getAcquire(this) == item;
	}

	/** Whether the thread is in the handler and not in the engine. */
	boolean isInHandler() {
		return (boolean) IN_HANDLER.getOpaque(this);
	}

	@Nullable String description() {
		return this.description;
	}

	// ---- the worker's thread ----

	/** Calls the handler of the item, and tells who listens. */
	void run() {
		EngineWorkItem item = Objects.requireNonNull(this.item);
		QueueLink link = Objects.requireNonNull(this.link);
		IN_HANDLER.setOpaque(this, true);
		notifyStarted(item, link);
		Object event = FlightEvents.begun();
		long calledAt = time();
		Throwable failure = call(item);
		long ran = time() - calledAt;
		this.failed = failure != null;
		if (event != null) {
			FlightEvents.ended(event, this);
		}
		if (failure != null) {
			onFailure(item, link, failure);
		}
		else {
			item.forgetAttempts();
		}
		notifyFinished(item, link, ran, failure);
		IN_HANDLER.setOpaque(this, false);
	}

	/** The time, if somebody wants to know. */
	private long time() {
		return (this.listener != WorkListener.NONE) ? this.worker.pool.engine.time.nanoTime() : 0;
	}

	/**
	 * Calls the handler. Its thread is not interrupted when it begins, whoever was late
	 * with an interrupt for the one before, and not when it has ended.
	 */
	private @Nullable Throwable call(EngineWorkItem item) {
		Thread.interrupted();
		try {
			item.definition.call(item, this);
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
		finally {
			Thread.interrupted();
		}
	}

	private void onFailure(EngineWorkItem item, QueueLink link, Throwable failure) {
		if (failure instanceof WorkRetryException retry && item instanceof EngineDelayedWorkItem delayed) {
			if (delayed.retry(retry.delay(), this.captured, link, this.attempt)
					|| item.definition.retryRefused(item, retry)) {
				return;
			}
		}
		item.forgetAttempts();
		if (!item.definition.isManaged() || failure instanceof WorkRetryException) {
			logger.log(Level.ERROR, () -> "work '" + item.name() + "' of workqueue '" + link.queue.name()
					+ "' failed on worker " + this.worker, failure);
		}
	}

	private void notifyStarted(EngineWorkItem item, QueueLink link) {
		if (this.listener == WorkListener.NONE) {
			return;
		}
		try {
			this.listener.started(item.face(), link.queue, waited());
		}
		catch (Throwable ex) {
			logListener(ex);
		}
	}

	private void notifyFinished(EngineWorkItem item, QueueLink link, long ran, @Nullable Throwable failure) {
		if (this.listener == WorkListener.NONE) {
			return;
		}
		try {
			this.listener.finished(item.face(), link.queue, ran, failure);
		}
		catch (Throwable ex) {
			logListener(ex);
		}
	}

	private static void logListener(Throwable failure) {
		logger.log(Level.ERROR, "a WorkListener failed; the work goes on", failure);
	}

	/**
	 * A wait that begins now is the engine's, not the handler's.
	 * @return what {@link #leaveEngine} is given
	 */
	boolean enterEngine() {
		boolean before = this.inHandler;
		IN_HANDLER.setOpaque(this, false);
		return before;
	}

	void leaveEngine(boolean before) {
		IN_HANDLER.setOpaque(this, before);
	}

	/** Does without the lock what is left to be done for the item that was let go. */
	void afterEnd() {
		EngineWorkItem ended = this.ended;
		if (ended != null) {
			this.ended = null;
			ended.afterRun();
			Barrier waiting = this.endedBarriers;
			this.endedBarriers = null;
			Barrier.completeAll(waiting);
		}
	}

	// ---- the thread's name ----

	/** Labels this execution; the thread's name shows it until it ends. */
	void describe(String description) {
		this.worker.pool.lock.lock();
		try {
			this.description = description;
			label(description);
		}
		finally {
			this.worker.pool.lock.unlock();
		}
	}

	private void label(String label) {
		this.labelled = true;
		this.worker.thread().setName(this.worker.name + "+" + label);
	}

	/**
	 * Shows the work's name, unless something is shown already. Under the pool's lock.
	 */
	void labelOnce(String work) {
		if (!this.labelled) {
			label(work);
		}
	}

	private void unlabel() {
		if (this.labelled) {
			this.labelled = false;
			this.description = null;
			this.worker.thread().setName(this.worker.name);
		}
	}

	// ---- what the handler sees ----

	@Override
	public WorkItem work() {
		return Objects.requireNonNull(this.item).face();
	}

	@Override
	public Workqueue queue() {
		return link().queue;
	}

	@Override
	public @Nullable Object key() {
		return Objects.requireNonNull(this.item).key();
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	@Override
	public @Nullable Object captured() {
		return this.captured;
	}

	@Override
	public String toString() {
		return "execution on " + this.worker;
	}

}
