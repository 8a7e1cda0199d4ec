package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The end of an engine. Accepted work runs, as far as the time-out allows; what is left
 * is cancelled and named; handlers are never interrupted.
 *
 * <pre>
 *   RUNNING -> CLOSING   gates close to all but the engine's workers; debounced requests
 *                        and retries run now; all queues drain
 *   CLOSING -> CLOSED    every queue is DESTROYED, what is left is cancelled, idle
 *                        threads end, busy ones when their handler does
 * </pre>
 *
 * Each change is followed by a wait for the requests under way ({@link Transit}), so that
 * what they queue or arm is found. A request whose thread is cut off for longer than the
 * time-out does not hold the close up; what it queued is cancelled and named when it goes
 * on.
 */
final class Shutdown {

	private static final System.Logger logger = System.getLogger(Shutdown.class.getName());

	private enum Phase {

		RUNNING, CLOSING, CLOSED

	}

	private final WorkqueueEngine engine;

	private final long drainNanos;

	private final DelayedWorkPolicy policy;

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);

	private final CountDownLatch closed = new CountDownLatch(1);

	Shutdown(WorkqueueEngine engine, EngineSettings settings) {
		this.engine = engine;
		this.drainNanos = Durations.saturated(settings.drainTimeout());
		this.policy = settings.delayedWork();
	}

	boolean isClosing() {
		return this.phase.get() != Phase.RUNNING;
	}

	/** Throws if nothing new can be made any more. */
	void checkOpen(String what) {
		if (isClosing()) {
			throw new IllegalStateException(what + " cannot be made: the workqueue engine is closed");
		}
	}

	/**
	 * Throws if no work can be made any more. While the engine drains its own workers
	 * make some to finish theirs: what they queue is accepted and waited for.
	 * @param worker the calling worker, or null
	 */
	void checkOpenFor(@Nullable Worker worker, String what) {
		if (worker == null || this.phase.get() == Phase.CLOSED) {
			checkOpen(what);
		}
	}

	/** Whether an item with such a timer is queued now instead. */
	boolean runsAtOnce(EngineDelayedWorkItem.Kind kind) {
		return isClosing() && (kind != EngineDelayedWorkItem.Kind.PLAIN || this.policy == DelayedWorkPolicy.RUN);
	}

	/**
	 * Closes the engine, or waits until another call has.
	 * @param self the calling worker, whose own item is not waited for, or null
	 */
	void close(@Nullable Worker self) {
		if (!this.phase.compareAndSet(Phase.RUNNING, Phase.CLOSING)) {
			if (self == null) {
				awaitClosed();
			}
			return;
		}
		try {
			Deadline deadline = new Deadline(this.engine.time, this.drainNanos);
			drain(self, deadline);
			end(deadline);
		}
		finally {
			this.phase.set(Phase.CLOSED);
			this.closed.countDown();
		}
	}

	private void awaitClosed() {
		try {
			this.closed.await();
		}
		catch (InterruptedException ex) {
			// the other thread closes the engine all the same; this one need not see it
			Thread.currentThread().interrupt();
		}
	}

	private void drain(@Nullable Worker self, Deadline deadline) {
		this.engine.startAll();
		this.engine.queues().forEach((queue) -> queue.gate().close(QueueGate.State.CLOSING));
		try {
			awaitRequests(deadline);
			awaitEmpty(self, deadline);
		}
		catch (InterruptedException ex) {
			logger.log(Level.WARNING, "the close of the workqueue engine was interrupted; it ends without waiting");
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits for requests that found the engine running, then queues what runs at once.
	 */
	private void awaitRequests(Deadline deadline) throws InterruptedException {
		try {
			this.engine.transit.awaitPrior(deadline.left());
		}
		finally {
			queueArmed();
		}
	}

	private void queueArmed() {
		List<Runnable> rest = new ArrayList<>();
		int section = this.engine.transit.enter();
		try {
			this.engine.timers.stealAll((item) -> runsAtOnce(item.kind))
				.forEach((item) -> rest.add(item.target().requests.insertDue(item)));
		}
		finally {
			this.engine.transit.exit(section);
		}
		rest.forEach(Runnable::run);
	}

	private void awaitEmpty(@Nullable Worker self, Deadline deadline) throws InterruptedException {
		do {
			Completion completion = new Completion(this.engine.time);
			links(self).forEach((link) -> flush(link, self, completion));
			if (!completion.await(deadline.left())) {
				return;
			}
		}
		while (!Drain.isEmpty(links(self), self));
	}

	private static void flush(QueueLink link, @Nullable Worker self, Completion completion) {
		if (self != null && link.pool == self.pool) {
			link.pool.items.flushBut(self, link, completion);
		}
		else {
			link.pool.items.flush(link, completion);
		}
	}

	/** The links that are waited for. */
	private List<QueueLink> links(@Nullable Worker self) {
		return this.engine.queues()
			.stream()
			.flatMap((queue) -> Stream.of(queue.links()))
			.filter((link) -> !isBlockedBy(link, self))
			.toList();
	}

	/** Whether nothing of a link can start before the calling handler has ended. */
	private static boolean isBlockedBy(QueueLink link, @Nullable Worker self) {
		if (self == null || link.pool != self.pool) {
			return false;
		}
		return link.pool.kind == WorkerPool.Kind.BH || (self.currentLink() == link && link.queue.isOneAtATime());
	}

	private void end(Deadline deadline) {
		this.engine.queues().forEach((queue) -> queue.gate().close(QueueGate.State.DESTROYED));
		this.engine.timers.stop();
		awaitLastRequests(deadline);
		Leftovers.ofClosed(this.engine);
		this.engine.queues().forEach(EngineWorkqueue::stopRescuer);
		this.engine.monitor.stop();
		this.engine.watchdog.stop();
		this.engine.pools().forEach(WorkerPool::stop);
		this.engine.queues().forEach(this.engine.queueEvents::destroyed);
	}

	/** Waits for requests that found the gates open; else the last of them cleans up. */
	private void awaitLastRequests(Deadline deadline) {
		boolean ended = false;
		try {
			ended = this.engine.transit.awaitPrior(deadline.left());
		}
		catch (InterruptedException ex) {
			// as if the time were over: a request that is under way cleans up
			Thread.currentThread().interrupt();
		}
		if (!ended) {
			this.engine.transit.afterPrior(() -> Leftovers.ofClosed(this.engine));
		}
	}

}
