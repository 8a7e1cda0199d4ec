package io.github.workqueue.sample;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The files that were looked at, by their names in the index, so that a scan finds out
 * what has changed. Any thread.
 */
final class Catalogue {

	private final ConcurrentSkipListMap<String, FileStamp> files = new ConcurrentSkipListMap<>();

	void put(String path, FileStamp stamp) {
		this.files.put(path, stamp);
	}

	/**
	 * Forgets a file, or all files below a directory.
	 * @param path the file or directory
	 */
	void remove(String path) {
		this.files.remove(path);
		below(path).clear();
	}

	boolean isCurrent(String path, BasicFileAttributes attributes) {
		FileStamp stamp = this.files.get(path);
		return stamp != null && stamp.fits(attributes);
	}

	/**
	 * Lists the files below a directory.
	 * @param directory the directory; empty for the root
	 * @return their names now
	 */
	List<String> filesBelow(String directory) {
		return List.copyOf((directory.isEmpty() ? this.files : below(directory)).keySet());
	}

	private Map<String, FileStamp> below(String directory) {
		return this.files.subMap(directory + "/", directory + (char) ('/' + 1));
	}

	/**
	 * Adds up what is in the index and what is not.
	 * @return the totals now
	 */
	CatalogueTotals totals() {
		return totals(this.files.values());
	}

	private static CatalogueTotals totals(Collection<FileStamp> stamps) {
		int files = 0;
		long bytes = 0;
		Map<SkipReason, Integer> skipped = new EnumMap<>(SkipReason.class);
		for (FileStamp stamp : stamps) {
			if (stamp.skipped() != null) {
				skipped.merge(stamp.skipped(), 1, Integer::sum);
			}
			else {
				files++;
				bytes += stamp.size();
			}
		}
		return new CatalogueTotals(files, bytes, skipped);
	}

}
