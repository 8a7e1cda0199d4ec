package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Waiting for a whole queue: flush, drain and destroy ({@code __flush_workqueue},
 * {@code drain_workqueue}, {@code destroy_workqueue}).
 */
final class Drain {

	private static final System.Logger logger = System.getLogger(Drain.class.getName());

	private final EngineWorkqueue queue;

	private final QueueGate gate;

	private final TimeSource time;

	Drain(EngineWorkqueue queue, QueueGate gate) {
		this.queue = queue;
		this.gate = gate;
		this.time = queue.engine.time;
	}

	/** Waits for what was queued before. */
	boolean flush(long nanos) throws InterruptedException {
		DeadlockGuard.checkNotOwnQueue("flush", this.queue);
		return this.gate.isDestroyed() || flushLinks(nanos);
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
			return untilEmpty(nanos);
		}
		finally {
			this.gate.endDrain();
		}
	}

	boolean drain(Duration timeout) throws InterruptedException {
		return drain(Durations.nanos("timeout", timeout));
	}

	private boolean untilEmpty(long nanos) throws InterruptedException {
		long start = this.time.nanoTime();
		for (int tries = 1;; tries++) {
			long left = (nanos == Completion.FOREVER) ? nanos : Math.max(0, nanos - (this.time.nanoTime() - start));
			if (!flushLinks(left)) {
				return false;
			}
			if (this.queue.isEmpty()) {
				return true;
			}
			if (tries == 10 || (tries % 100 == 0 && tries <= 1000)) {
				logger.log(Level.WARNING, "workqueue " + this.queue.name() + ": drain_workqueue() isn't complete after "
						+ tries + " tries; one of its works keeps queueing work");
			}
		}
	}

	/**
	 * Ends the queue when it is empty, then cancels its timers. A timer that fires in
	 * between still runs its item.
	 */
	void destroy() throws InterruptedException {
		DeadlockGuard.checkNotOwnQueue("destroy", this.queue);
		if (!this.gate.beginDrain()) {
			return;
		}
		try {
			untilEmpty(Completion.FOREVER);
			if (this.gate.close(QueueGate.State.DESTROYED)) {
				Leftovers.ofDestroyed(this.queue);
			}
			untilEmpty(Completion.FOREVER);
		}
		finally {
			this.gate.endDrain();
		}
		this.queue.engine.forget(this.queue);
	}

}
