package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Path;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.annotation.DelayedWork;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.stereotype.Component;

/**
 * Looks at the whole tree: first at the start, then from time to time for what no event
 * told, and at once when events were lost.
 */
@Component
final class Rescanner {

	private static final Log logger = LogFactory.getLog(Rescanner.class);

	private final WatchedTree tree;

	private final TreeScan scan;

	private final ChangeJournal journal;

	private final Activity activity;

	private final KeyedWork<Path> index;

	private final KeyedWork<Path> remove;

	private boolean first = true; // only the work itself, which never runs beside itself

	Rescanner(WatchedTree tree, TreeScan scan, ChangeJournal journal, Activity activity, KeyedWork<Path> index,
			KeyedWork<Path> remove) {
		this.tree = tree;
		this.scan = scan;
		this.journal = journal;
		this.activity = activity;
		this.index = index;
		this.remove = remove;
	}

	/**
	 * Schedules every file that is new, changed or gone, then itself.
	 * @param self this work
	 * @throws IOException if the root cannot be read
	 */
	@DelayedWork(delay = "${sample.rescan:1m}", queue = "system_power_efficient_wq")
	void rescan(DelayedWorkItem self) throws IOException {
		try {
			this.scan.run(this.tree.root(), this::found, this::gone);
		}
		finally {
			self.schedule();
		}
		if (this.first) {
			logger.info("Scanned " + this.tree.root() + ": " + this.activity.totals().found()
					+ " files to index; changes are written to " + this.journal.file());
			this.first = false;
		}
	}

	private void found(Path file) {
		this.activity.found();
		if (!this.first) {
			this.journal.append(Change.FOUND, this.tree.relative(file));
		}
		this.index.schedule(file);
	}

	private void gone(Path file) {
		this.activity.found();
		this.journal.append(Change.MISSED, this.tree.relative(file));
		this.remove.schedule(file);
	}

}
