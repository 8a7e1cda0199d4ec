package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a queue has, read pool by pool: each pool's part is of one moment.
 */
final class QueueWorks {

	final QueueTotals totals = new QueueTotals();

	/** When the reading began. */
	final long now;

	private final int limit;

	private final OldestFirst<BusyWorker> busy = new OldestFirst<>();

	private final OldestFirst<WaitingWork> waiting = new OldestFirst<>();

	/**
	 * Prepares the reading.
	 * @param limit how many waiting works are wanted at most
	 */
	QueueWorks(long now, int limit) {
		this.now = now;
		this.limit = limit;
	}

	/** Reads what the queue has in a pool. Called under the pool's lock. */
	void read(QueueLink link) {
		link.addTo(this.totals);
		List<BusyWorker> busy = new ArrayList<>();
		List<WaitingWork> waiting = new ArrayList<>();
		for (Worker worker : link.pool.workers) {
			if (worker.currentLink() == link) {
				busy.add(worker.execution.busy(this.now));
			}
			collect(worker.scheduled, link, waiting, Integer.MAX_VALUE);
		}
		busy.sort(Comparator.comparingLong(BusyWorker::start));
		waiting.sort(Comparator.comparingLong(WaitingWork::entered));
		collect(link.pool.worklist, link, waiting, this.limit);
		collect(link.inactive(), link, waiting, this.limit);
		this.busy.add(busy);
		this.waiting.add(waiting);
	}

	private void collect(WorkList list, QueueLink link, List<WaitingWork> found, int limit) {
		for (EngineWorkItem item : list) {
			if (found.size() >= limit) {
				return;
			}
			if (item.link == link) {
				Duration age = Duration.ofNanos(Math.max(0, this.now - item.queuedAt));
				found.add(new WaitingWork(item, item.entered, age));
			}
		}
	}

	/** The busy workers, in the order in which they started. */
	List<BusyWorker> busy() {
		return this.busy.toList();
	}

	/** The waiting works, of each pool the one first that will start first. */
	List<WaitingWork> waiting() {
		return this.waiting.toList();
	}

}
