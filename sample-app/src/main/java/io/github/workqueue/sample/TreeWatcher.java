package io.github.workqueue.sample;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkRejectedException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Waits for file events on a thread of its own while the application runs. Starts last
 * and stops first, so that the queues take what it gives them.
 */
@Component
final class TreeWatcher implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(TreeWatcher.class);

	private final DirectoryWatch watch;

	private final FileEvents events;

	private final DelayedWorkItem rescan;

	private final Activity activity;

	private volatile @Nullable Thread thread;

	TreeWatcher(DirectoryWatch watch, FileEvents events, DelayedWorkItem rescan, Activity activity) {
		this.watch = watch;
		this.events = events;
		this.rescan = rescan;
		this.activity = activity;
	}

	@Override
	public void start() {
		this.activity.started();
		Thread watching = new Thread(this::watch, "file-events");
		watching.setDaemon(true);
		watching.start();
		this.thread = watching;
		this.rescan.modify(Duration.ZERO);
	}

	@Override
	public void stop() {
		Thread watching = this.thread;
		if (watching != null) {
			stop(watching);
		}
		this.thread = null;
	}

	private void stop(Thread watching) {
		watching.interrupt();
		try {
			watching.join();
			this.rescan.cancelSync();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private void watch() {
		try {
			while (true) {
				handle(this.watch.take());
			}
		}
		catch (InterruptedException | ClosedWatchServiceException ex) {
			logger.debug("File events are not watched any more", ex);
		}
	}

	private void handle(WatchKey key) {
		Path directory = this.watch.pathOf(key);
		for (WatchEvent<?> event : key.pollEvents()) {
			if (directory != null) {
				handle(directory, event);
			}
		}
		this.watch.reset(key);
	}

	private void handle(Path directory, WatchEvent<?> event) {
		try {
			this.events.accept(directory, event.kind(), (Path) event.context());
		}
		catch (WorkRejectedException ex) {
			logger.warn("Missed a change in " + directory + " until the next scan: " + ex.getMessage());
		}
	}

}
