package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Brings index and catalogue in line with one file. The caller sees to it that no two
 * calls for one file run beside each other.
 */
final class FileIndexer {

	private static final Log logger = LogFactory.getLog(FileIndexer.class);

	private final WatchedTree tree;

	private final TextReader reader;

	private final SearchIndex index;

	private final Catalogue catalogue;

	FileIndexer(WatchedTree tree, TextReader reader, SearchIndex index, Catalogue catalogue) {
		this.tree = tree;
		this.reader = reader;
		this.index = index;
		this.catalogue = catalogue;
	}

	/**
	 * Puts a file into the index, or takes it out if it holds no text of readable size.
	 * @param file the file
	 * @param attributes its attributes, read before this call
	 * @return false if the file is gone by now
	 * @throws IOException if the index cannot be written
	 */
	boolean put(Path file, BasicFileAttributes attributes) throws IOException {
		String name = this.tree.relative(file);
		FileContent content = this.reader.read(file);
		if (content instanceof FileContent.Text text) {
			this.index.put(name, text.lines());
			this.catalogue.put(name, FileStamp.of(attributes, null));
		}
		else if (content instanceof FileContent.Skipped skipped) {
			skip(name, attributes, skipped);
		}
		return isSearchable(file);
	}

	private void skip(String name, BasicFileAttributes attributes, FileContent.Skipped skipped) throws IOException {
		logger.info("Skipped " + name + ": " + skipped.detail());
		this.index.remove(name);
		this.catalogue.put(name, FileStamp.of(attributes, skipped.reason()));
	}

	/**
	 * Takes a file, or all files below a directory, out of the index.
	 * @param path the file or directory
	 * @return true if there is a file or directory at this path by now
	 * @throws IOException if the index cannot be written
	 */
	boolean remove(Path path) throws IOException {
		String name = this.tree.relative(path);
		this.catalogue.remove(name);
		this.index.remove(name);
		return isSearchable(path);
	}

	private static boolean isSearchable(Path path) {
		return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
				|| Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
	}

}
