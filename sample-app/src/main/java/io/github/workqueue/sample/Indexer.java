package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.annotation.Work;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The two works on a path. They are on different queues and may run beside each other for
 * one path, so each looks at the file again when it is done, and if the other is right
 * now, schedules it: whatever the order of events, the last run agrees with the disk.
 */
@Component
final class Indexer {

	private static final Log logger = LogFactory.getLog(Indexer.class);

	private final FileIndexer files;

	private final TreeScan scan;

	private final DirectoryWatch watch;

	private final Activity activity;

	private final KeyedWork<Path> index;

	private final KeyedWork<Path> remove;

	private final DelayedWorkItem commit;

	private final ApplicationEventPublisher events;

	Indexer(FileIndexer files, TreeScan scan, DirectoryWatch watch, Activity activity, KeyedWork<Path> index,
			KeyedWork<Path> remove, DelayedWorkItem commit, ApplicationEventPublisher events) {
		this.files = files;
		this.scan = scan;
		this.watch = watch;
		this.activity = activity;
		this.index = index;
		this.remove = remove;
		this.commit = commit;
		this.events = events;
	}

	/**
	 * Indexes a file; of a directory, starts to watch it and schedules its files. A file
	 * that is saved ten times while this is pending is indexed once.
	 * @param path the file or directory
	 * @throws IOException if the index cannot be written
	 */
	@Work(name = "index", queue = "indexing")
	void index(Path path) throws IOException {
		BasicFileAttributes attributes = attributes(path);
		if (attributes != null && attributes.isDirectory()) {
			this.scan.run(path, this::found, this.remove::schedule);
		}
		else if (attributes == null || !attributes.isRegularFile() || !this.files.put(path, attributes)) {
			this.remove.schedule(path);
		}
		else {
			this.commit.schedule();
			this.events.publishEvent(new DocumentChange(path));
		}
	}

	private void found(Path file) {
		this.activity.found();
		this.index.schedule(file);
	}

	private static @Nullable BasicFileAttributes attributes(Path path) {
		try {
			return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		}
		catch (IOException ex) {
			logger.info("Skipped " + path + ": " + TextReader.failure(ex).detail());
			return null;
		}
	}

	/**
	 * Takes a file out of the index, or all files of a directory. Does not wait behind
	 * the files that are still to be indexed: nothing is found that is not there.
	 * @param path the file or directory
	 * @throws IOException if the index cannot be written
	 */
	@Work(name = "remove", queue = "system_highpri_wq")
	void remove(Path path) throws IOException {
		this.watch.remove(path);
		if (this.files.remove(path)) {
			this.index.schedule(path);
		}
		this.commit.schedule();
		this.events.publishEvent(new DocumentChange(path));
	}

}
