package io.github.workqueue.actuate.endpoint;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Remembers what nothing else does: how long the works of each queue have waited, the
 * last executions of each work, and the last failures. Its memory is bounded: 20
 * executions of each of 256 works, and 50 failures.
 * <p>
 * Failures come from the engine and, with key and attempt, as application events, in
 * either order; they are joined.
 */
public final class RecentExecutions implements WorkListener, ApplicationListener<PayloadApplicationEvent<WorkFailure>> {

	private static final int MAX_WORKS = 256;

	private static final int MAX_FAILURES = 50;

	private final String id = UUID.randomUUID().toString();

	private final Map<String, Waits> waits = new ConcurrentHashMap<>();

	private final Map<String, WorkHistory> works = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	/** Latest first. Guarded by the lock. */
	private final Deque<PastFailure> failures = new ArrayDeque<>();

	/** How long the execution on this thread has waited. */
	private final ThreadLocal<Long> waited = new ThreadLocal<>();

	@Override
	public void started(WorkItem work, Workqueue queue, long waitedNanos) {
		this.waits.computeIfAbsent(queue.name(), (name) -> new Waits()).add(waitedNanos);
		this.waited.set(waitedNanos);
	}

	@Override
	public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
		Long waitedNanos = this.waited.get();
		this.waited.remove();
		PastFailure failed = (failure != null) ? PastFailure.of(work, queue.name(), failure) : null;
		history(work.name()).add(new PastExecution(queue.name(), workerName(), (waitedNanos != null) ? waitedNanos : 0,
				ranNanos, System.nanoTime(), (failed != null) ? failed.error() : null));
		if (failed != null) {
			remember(failed);
		}
	}

	@Override
	public void destroyed(Workqueue queue) {
		this.waits.remove(queue.name());
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<WorkFailure> event) {
		remember(PastFailure.of(event.getPayload()));
	}

	/** Returns what is different in every run of the application. */
	String id() {
		return this.id;
	}

	/** Returns the queues that have begun something, by name. */
	Map<String, Waits> waits() {
		return new TreeMap<>(this.waits);
	}

	/** Returns the last executions of a work, latest first. */
	List<PastExecution> executions(String work) {
		WorkHistory history = this.works.get(work);
		return (history != null) ? history.latest() : List.of();
	}

	/** Returns the last failures, latest first. */
	List<PastFailure> failures() {
		this.lock.lock();
		try {
			return List.copyOf(this.failures);
		}
		finally {
			this.lock.unlock();
		}
	}

	private WorkHistory history(String work) {
		WorkHistory known = this.works.get(work);
		if (known != null) {
			return known;
		}
		if (this.works.size() >= MAX_WORKS) {
			this.works.entrySet()
				.stream()
				.min(Comparator.comparingLong((entry) -> entry.getValue().lastEnd() - System.nanoTime()))
				.ifPresent((oldest) -> this.works.remove(oldest.getKey()));
		}
		return this.works.computeIfAbsent(work, (name) -> new WorkHistory());
	}

	private void remember(PastFailure failure) {
		this.lock.lock();
		try {
			PastFailure known = this.failures.stream().filter(failure::isSameAs).findFirst().orElse(null);
			if (known == null) {
				this.failures.addFirst(failure);
			}
			else if (known.attempt() == null && failure.attempt() != null) {
				this.failures.remove(known);
				this.failures.addFirst(failure);
			}
			while (this.failures.size() > MAX_FAILURES) {
				this.failures.removeLast();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The thread's name without the description behind it. */
	private static String workerName() {
		String name = Thread.currentThread().getName();
		int description = name.indexOf('+');
		return (description > 0) ? name.substring(0, description) : name;
	}

	/** Executions of a queue that have begun, and how long they had waited in all. */
	static final class Waits {

		private final LongAdder started = new LongAdder();

		private final LongAdder nanos = new LongAdder();

		private void add(long waitedNanos) {
			this.started.increment();
			this.nanos.add(waitedNanos);
		}

		long started() {
			return this.started.sum();
		}

		long nanos() {
			return this.nanos.sum();
		}

	}

}
