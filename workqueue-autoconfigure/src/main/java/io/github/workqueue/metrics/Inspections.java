package io.github.workqueue.metrics;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.workqueue.snapshot.WorkqueueInspector;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the engine once for many meters. A scrape reads some hundred meters within
 * milliseconds, and an inspection looks at every pool, timer and stack; so an inspection
 * serves all readers of the next 5 ms, but each of them only once.
 * <p>
 * Readers never wait for each other: a registry may hold locks of its own while it reads,
 * and an inspection ends with a call that takes them.
 */
final class Inspections {

	private static final long SHARED_NANOS = 5_000_000;

	private final ReentrantLock lock = new ReentrantLock();

	private final WorkqueueInspector inspector;

	private final Consumer<Inspection> inspected;

	private volatile Timed latest;

	/**
	 * Makes it.
	 * @param inspector what is inspected
	 * @param inspected told of each inspection, one at a time and in order
	 */
	Inspections(WorkqueueInspector inspector, Consumer<Inspection> inspected) {
		this.inspector = inspector;
		this.inspected = inspected;
		this.latest = Timed.unshared(new Inspection(Map.of(), Map.of()));
	}

	/**
	 * Inspects now. May wait for another inspection, so not for readers.
	 */
	void refresh() {
		change(this::inspect);
	}

	/**
	 * Makes a change while nobody inspects; whoever reads after it inspects anew. May
	 * wait for an inspection, so not for readers.
	 */
	void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.latest = Timed.unshared(this.latest.inspection());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns a recent inspection.
	 * @param previous what the same reader got before, or null
	 * @return another inspection, unless one is being made right now
	 */
	Inspection read(@Nullable Inspection previous) {
		Timed known = this.latest;
		if (isShared(known, previous) || this.lock.isHeldByCurrentThread() || !this.lock.tryLock()) {
			return known.inspection();
		}
		try {
			return inspect();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static boolean isShared(Timed known, @Nullable Inspection previous) {
		return known.inspection() != previous && System.nanoTime() - known.takenAt() < SHARED_NANOS;
	}

	private Inspection inspect() {
		Inspection inspection = Inspection.of(this.inspector);
		this.latest = new Timed(inspection, System.nanoTime());
		this.inspected.accept(inspection);
		return inspection;
	}

	private record Timed(Inspection inspection, long takenAt) {

		/** One that is too old for readers. */
		static Timed unshared(Inspection inspection) {
			return new Timed(inspection, System.nanoTime() - SHARED_NANOS);
		}

	}

}
