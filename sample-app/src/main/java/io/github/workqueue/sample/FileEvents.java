package io.github.workqueue.sample;

import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.Map;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The interrupt handler: what a change of a file leads to. It only queues, and never
 * looks at the file.
 */
@Component
final class FileEvents {

	private static final Map<WatchEvent.Kind<?>, Change> CHANGES = Map.of(StandardWatchEventKinds.ENTRY_CREATE,
			Change.CREATED, StandardWatchEventKinds.ENTRY_MODIFY, Change.MODIFIED, StandardWatchEventKinds.ENTRY_DELETE,
			Change.DELETED);

	private final WatchedTree tree;

	private final ChangeJournal journal;

	private final Activity activity;

	private final KeyedWork<Path> index;

	private final KeyedWork<Path> remove;

	private final DelayedWorkItem rescan;

	FileEvents(WatchedTree tree, ChangeJournal journal, Activity activity, KeyedWork<Path> index,
			KeyedWork<Path> remove, DelayedWorkItem rescan) {
		this.tree = tree;
		this.journal = journal;
		this.activity = activity;
		this.index = index;
		this.remove = remove;
		this.rescan = rescan;
	}

	/**
	 * Queues what an event asks for.
	 * @param directory where it happened
	 * @param kind what happened
	 * @param name to which file or directory; null if events were lost
	 */
	void accept(Path directory, WatchEvent.Kind<?> kind, @Nullable Path name) {
		Change change = CHANGES.get(kind);
		if (change == null || name == null) {
			overflow();
			return;
		}
		Path path = directory.resolve(name);
		if (this.tree.covers(path)) {
			changed(change, path);
		}
	}

	private void changed(Change change, Path path) {
		this.activity.watched();
		this.journal.append(change, this.tree.relative(path));
		KeyedWork<Path> work = (change == Change.DELETED) ? this.remove : this.index;
		work.schedule(path);
	}

	private void overflow() {
		this.activity.overflow();
		this.journal.append(Change.OVERFLOW, "of events; the whole tree is looked at");
		this.rescan.modify(Duration.ZERO);
	}

}
