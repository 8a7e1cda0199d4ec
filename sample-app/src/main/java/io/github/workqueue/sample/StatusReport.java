package io.github.workqueue.sample;

import org.springframework.stereotype.Component;

/** Puts the numbers of the application together. Any thread. */
@Component
final class StatusReport {

	private final WatchedTree tree;

	private final ChangeJournal journal;

	private final DirectoryWatch watch;

	private final SearchIndex index;

	private final Catalogue catalogue;

	private final Activity activity;

	StatusReport(WatchedTree tree, ChangeJournal journal, DirectoryWatch watch, SearchIndex index, Catalogue catalogue,
			Activity activity) {
		this.tree = tree;
		this.journal = journal;
		this.watch = watch;
		this.index = index;
		this.catalogue = catalogue;
		this.activity = activity;
	}

	Status now() {
		return new Status(this.tree.root().toString(), this.journal.file().toString(), this.watch.size(),
				this.index.lines(), this.catalogue.totals(), this.activity.totals());
	}

}
