package io.github.workqueue.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last executions of a work. A reader beside a writer may see one execution less.
 */
final class WorkHistory {

	private static final int KEPT = 20;

	private final AtomicReferenceArray<PastExecution> ring = new AtomicReferenceArray<>(KEPT);

	private final AtomicLong written = new AtomicLong();

	void add(PastExecution execution) {
		this.ring.set(slot(this.written.getAndIncrement()), execution);
	}

	/** Returns them, latest first. */
	List<PastExecution> latest() {
		List<PastExecution> found = new ArrayList<>();
		long next = this.written.get();
		for (long at = next - 1; at >= 0 && at >= next - KEPT; at--) {
			PastExecution execution = this.ring.get(slot(at));
			if (execution != null) {
				found.add(execution);
			}
		}
		return found;
	}

	/** When the latest ended, as a value of {@link System#nanoTime()}. */
	long lastEnd() {
		long next = this.written.get();
		PastExecution last = (next > 0) ? this.ring.get(slot(next - 1)) : null;
		return (last != null) ? last.endedAt() : System.nanoTime();
	}

	private static int slot(long at) {
		return (int) (at % KEPT);
	}

}
