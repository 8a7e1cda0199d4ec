package io.github.workqueue.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.Completion.Barrier;
import org.jspecify.annotations.Nullable;

/**
 * A work item: the state word and what goes with a pending instance, as one intrusive
 * node ({@code struct work_struct}). Queueing it allocates nothing.
 * <p>
 * The fields of the pending instance belong to whoever may write the state word: the
 * thread that owns it in TRANSIT, the holder of the timer lock, the holder of the pool's
 * lock. The state word hands them over.
 * <p>
 * A reference is written only where it changes, and stays when the instance has run: a
 * garbage collector that works beside the program notes each one that is written into an
 * old object, and reads what lies around it later.
 */
class EngineWorkItem extends WorkState implements WorkItem {

	private static final VarHandle RUNNER;

	static {
		try {
			RUNNER = MethodHandles.lookup().findVarHandle(EngineWorkItem.class, "runner", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	final WorkDefinition definition;

	/** The list it is in, or was in last. */
	@Confined("the writer of the state word")
	@Nullable WorkList list;

	/** Where in the list, or {@link WorkList#NOWHERE}. */
	@Confined("the writer of the state word")
	int place;

	/** Where it is queued, or was last. */
	@Confined("the writer of the state word")
	@Nullable QueueLink link;

	@Confined("the writer of the state word")
	FlushColors.@Nullable Color color;

	/** Who waits for the pending instance. */
	@Confined("the writer of the state word")
	@Nullable Barrier barriers;

	/** What the accepted request carries to the execution. */
	@Confined("the writer of the state word")
	@Nullable Object captured;

	@Confined("the writer of the state word")
	long queuedAt;

	/** The how manieth of its queue's it was to enter its pool. */
	@PoolLocked("the pool where it is queued")
	long entered;

	@Racy("written by the execution, reset by who cancels a retry; attempts are counted for one run at a time")
	volatile int attempts;

	@Racy("the number of the last worker to execute the item; written under the lock of that worker's pool")
	volatile int runner;

	@Racy("set by the execution before it makes the item idle; read by those who own it or execute it later")
	private boolean scattered;

	EngineWorkItem(WorkDefinition definition) {
		this.definition = definition;
	}

	final WorkqueueEngine engine() {
		return this.definition.home().engine;
	}

	final EngineWorkqueue home() {
		return this.definition.home();
	}

	/** Where it is queued. Asked by the writer of the state word. */
	final QueueLink link() {
		return Objects.requireNonNull(this.link);
	}

	/** Says where it is queued from now on. */
	final void enters(QueueLink link) {
		if (this.link != link) {
			this.link = link;
		}
	}

	final void paint(FlushColors.Color color) {
		if (this.color != color) {
			this.color = color;
		}
	}

	/** What handlers and listeners see. */
	final WorkItem face() {
		return this.definition.face(this);
	}

	@Nullable Object key() {
		return null;
	}

	/** The worker begins to run it; {@link #start} makes that visible. */
	final void runsOn(Worker worker) {
		if (this.runner != worker.number) {
			if (runner() != null) {
				this.scattered = true;
			}
			RUNNER.setRelease(this, worker.number);
		}
	}

	/**
	 * Whether it has ever run on two workers at once, for two queues. {@link #runner}
	 * then tells the later one only.
	 */
	final boolean isScattered() {
		return this.scattered;
	}

	/** The worker that executes it, or null. Exact under the lock of its pool. */
	final @Nullable Worker runner() {
		Execution last = (this.runner != 0) ? engine().workers.get(this.runner) : null;
		return (last != null && last.isOf(this)) ? last.worker : null;
	}

	final void forgetAttempts() {
		if (this.attempts != 0) {
			this.attempts = 0;
		}
	}

	/** Whether {@link #afterRun} does anything. */
	boolean wantsAfterRun() {
		return false;
	}

	/** Called by the worker after each execution, without a lock. */
	void afterRun() {
	}

	/** Called after the item was cancelled or refused, without a lock. */
	void afterCancel() {
	}

	/**
	 * Removes what belonged to an instance that will not run, and lets its waiters go.
	 */
	final void dropInstance() {
		Barrier.completeAll(takeInstance());
	}

	/** Gives back an accepted instance that a fault has kept from its place. */
	final void abandon() {
		if (WorkState.isQueued(word())) {
			steal();
		}
		dropInstance();
		giveBack();
	}

	/**
	 * Removes what belonged to an instance that will not run.
	 * @return the waiters to be let go
	 */
	final @Nullable Barrier takeInstance() {
		Barrier waiting = this.barriers;
		if (waiting != null) {
			this.barriers = null;
		}
		if (this.captured != null) {
			this.captured = null;
		}
		return waiting;
	}

	@Override
	public final String name() {
		return this.definition.name();
	}

	@Override
	public boolean schedule() {
		return home().requests.queue(this, EngineWorkqueue.ANY_CPU);
	}

	@Override
	public final boolean isPending() {
		return isPending(word());
	}

	@Override
	public final boolean isRunning() {
		return runner() != null;
	}

	@Override
	public final boolean flush() throws InterruptedException {
		try {
			return Flush.item(this, Completion.FOREVER);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("a wait without limit timed out", ex);
		}
	}

	@Override
	public final boolean flush(Duration timeout) throws InterruptedException, TimeoutException {
		return Flush.item(this, Durations.nanos("timeout", timeout));
	}

	@Override
	public final boolean cancel() {
		return Cancellation.cancel(this);
	}

	@Override
	public final boolean cancelSync() throws InterruptedException {
		return Cancellation.cancelSync(this);
	}

	@Override
	public final boolean disable() {
		return Cancellation.disable(this);
	}

	@Override
	public final boolean disableSync() throws InterruptedException {
		return Cancellation.disableSync(this);
	}

	@Override
	public final boolean enable() {
		return enableOnce(name()) == 0;
	}

	@Override
	public final boolean enableAndQueue(Workqueue queue) {
		Objects.requireNonNull(queue, "'queue' must not be null");
		return engine().own(queue, name()).requests.enableAndQueue(this);
	}

	@Override
	public String toString() {
		return "work '" + name() + "'";
	}

}
