package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Waiting for a whole queue: flush, drain and destroy ({@code __flush_workqueue},
 * {@code drain_workqueue}, {@code destroy_workqueue}).
 */
final class Drain {

	private static final System.Logger logger = System.getLogger(Drain.class.getName());

	private final EngineWorkqueue queue;

	private final QueueGate gate;

	private final TimeSource time;

	private final Transit transit;

	Drain(EngineWorkqueue queue, QueueGate gate) {
		this.queue = queue;
		this.gate = gate;
		this.time = queue.engine.time;
		this.transit = queue.engine.transit;
	}

	/** Waits for what was queued before. */
	boolean flush(long nanos) throws InterruptedException {
		DeadlockGuard.checkNotOwnQueue("flush", this.queue);
		if (this.gate.isDestroyed()) {
			return true;
		}
		Deadline deadline = new Deadline(this.time, nanos);
		return this.transit.awaitPrior(deadline.left()) && flushLinks(deadline.left());
	}

	boolean flush(Duration timeout) throws InterruptedException {
		return flush(Durations.nanos("timeout", timeout));
	}

	private boolean flushLinks(long nanos) throws InterruptedException {
		Completion completion = new Completion(this.time);
		for (QueueLink link : this.queue.links()) {
			link.pool.items.flush(link, completion);
		}
		return completion.await(nanos);
	}

	/** Refuses all but chained work until the queue is empty. */
	boolean drain(long nanos) throws InterruptedException {
		DeadlockGuard.checkNotOwnQueue("drain", this.queue);
		if (!this.gate.beginDrain()) {
			return true;
		}
		try {
			Deadline deadline = new Deadline(this.time, nanos);
			return this.transit.awaitPrior(deadline.left()) && untilEmpty(deadline);
		}
		finally {
			this.gate.endDrain();
		}
	}

	boolean drain(Duration timeout) throws InterruptedException {
		return drain(Durations.nanos("timeout", timeout));
	}

	private boolean untilEmpty(Deadline deadline) throws InterruptedException {
		for (int tries = 1;; tries++) {
			if (!flushLinks(deadline.left())) {
				return false;
			}
			if (isEmpty(List.of(this.queue.links()), null)) {
				return true;
			}
			if (tries == 10 || (tries % 100 == 0 && tries <= 1000)) {
				logger.log(Level.WARNING, "workqueue " + this.queue.name() + ": drain_workqueue() isn't complete after "
						+ tries + " tries; one of its works keeps queueing work");
			}
		}
	}

	/**
	 * Whether there was a moment during this call when nothing was in the links but what
	 * a worker executes. One look after the other does not tell: a chain of works may
	 * have gone from a link not yet looked at to one that was. So all are looked at
	 * twice, and nothing must have entered in between.
	 */
	static boolean isEmpty(List<QueueLink> links, @Nullable Worker self) {
		long entered = entered(links, self);
		return entered >= 0 && entered(links, self) == entered;
	}

	/** How many items have ever entered; negative if some link is not empty. */
	private static long entered(List<QueueLink> links, @Nullable Worker self) {
		long sum = 0;
		for (QueueLink link : links) {
			long entered = link.pool.items.enteredIfEmpty(link, self);
			if (entered < 0) {
				return entered;
			}
			sum += entered;
		}
		return sum;
	}

	/**
	 * Ends the queue when it is empty, then cancels its timers. A timer that fires in
	 * between still runs its item. From then on an interrupt no longer ends the call: it
	 * is kept for the caller.
	 */
	void destroy() throws InterruptedException {
		DeadlockGuard.checkNotOwnQueue("destroy", this.queue);
		if (!this.gate.beginDrain()) {
			return;
		}
		try {
			Deadline never = new Deadline(this.time, Completion.FOREVER);
			this.transit.awaitPrior(never.left());
			untilEmpty(never);
			this.gate.close(QueueGate.State.DESTROYED);
			endDestroyed(never);
		}
		finally {
			this.gate.endDrain();
		}
		this.queue.engine.forget(this.queue);
	}

	/** Every request that found the gate not yet destroyed has put or armed its item. */
	private void endDestroyed(Deadline never) {
		this.transit.awaitPriorUninterruptibly();
		Leftovers.ofDestroyed(this.queue);
		boolean interrupted = false;
		for (;;) {
			try {
				untilEmpty(never);
				break;
			}
			catch (InterruptedException ex) {
				// the queue is gone for others, so its end cannot be left half done
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
