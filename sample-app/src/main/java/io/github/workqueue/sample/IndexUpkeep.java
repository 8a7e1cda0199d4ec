package io.github.workqueue.sample;

import java.io.IOException;

import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;

import org.springframework.stereotype.Component;

/** The works on the whole index. */
@Component
final class IndexUpkeep {

	private final SearchIndex index;

	private final WorkItem merge;

	IndexUpkeep(SearchIndex index, WorkItem merge) {
		this.index = index;
		this.merge = merge;
	}

	/**
	 * Makes the changes durable, once they have paused for 200 ms and at least every 2 s.
	 * A search does not wait for it.
	 * @throws IOException if the index cannot be written
	 */
	@DelayedWork(delay = "200ms", debounce = true, maxWait = "2s")
	void commit() throws IOException {
		if (this.index.commit()) {
			this.merge.schedule();
		}
	}

	/**
	 * Merges segments, which may take long.
	 * @throws IOException if the index cannot be written
	 */
	@Work(queue = "system_long_wq")
	void merge() throws IOException {
		this.index.merge();
	}

}
