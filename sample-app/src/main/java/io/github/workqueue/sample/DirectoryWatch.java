package io.github.workqueue.sample;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The directories that the operating system watches for us. It knows where a watched
 * directory is now: after a directory was renamed the JDK returns the old key for the new
 * path, and that key still names the old path. Any thread.
 */
final class DirectoryWatch implements Closeable {

	private static final Log logger = LogFactory.getLog(DirectoryWatch.class);

	private final WatchService service;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<WatchKey, Path> paths = new HashMap<>();

	private final Map<Path, WatchKey> keys = new HashMap<>();

	private boolean refused;

	DirectoryWatch(WatchService service) {
		this.service = service;
	}

	/**
	 * Watches a directory, not those below it. Where the system refuses, one warning says
	 * so; changes there are found by the next scan.
	 * @param directory the directory; one that is watched already, or is gone, is fine
	 */
	void add(Path directory) {
		this.lock.lock();
		try {
			WatchKey key = directory.register(this.service, StandardWatchEventKinds.ENTRY_CREATE,
					StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
			Path before = this.paths.put(key, directory);
			if (before != null) {
				this.keys.remove(before, key);
			}
			this.keys.put(directory, key);
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			logger.debug("Directory " + directory + " vanished before it could be watched");
		}
		catch (IOException ex) {
			warnOnce(directory, ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void warnOnce(Path directory, IOException failure) {
		if (!this.refused) {
			logger.warn("Cannot watch directory " + directory + " (" + failure.getMessage()
					+ "); changes in it, and in others that cannot be watched, are found by the next scan. On Linux,"
					+ " raise fs.inotify.max_user_watches");
		}
		this.refused = true;
	}

	/**
	 * Stops watching a directory and those below it.
	 * @param directory a path that need not be a directory
	 */
	void remove(Path directory) {
		this.lock.lock();
		try {
			if (this.keys.containsKey(directory)) {
				Map<Path, WatchKey> gone = new HashMap<>(this.keys);
				gone.keySet().removeIf((path) -> !path.startsWith(directory));
				gone.values().forEach(this::forget);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void forget(WatchKey key) {
		key.cancel();
		Path path = this.paths.remove(key);
		if (path != null) {
			this.keys.remove(path, key);
		}
	}

	/**
	 * Tells where the directory of a key is.
	 * @param key a key with events
	 * @return the directory, or null if it is not watched any more
	 */
	@Nullable Path pathOf(WatchKey key) {
		this.lock.lock();
		try {
			return this.paths.get(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Makes a key ready for more events, or forgets it if its directory is gone.
	 * @param key a key whose events have been read
	 */
	void reset(WatchKey key) {
		this.lock.lock();
		try {
			if (!key.reset()) {
				forget(key);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for a directory with events.
	 * @return its key
	 * @throws InterruptedException if interrupted
	 */
	WatchKey take() throws InterruptedException {
		return this.service.take();
	}

	int size() {
		this.lock.lock();
		try {
			return this.keys.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() throws IOException {
		this.service.close();
	}

}
