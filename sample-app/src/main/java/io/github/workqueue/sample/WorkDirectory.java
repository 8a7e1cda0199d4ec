package io.github.workqueue.sample;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A fresh temporary directory for the application's own files: the index, which is
 * deleted when the application ends (the next start reads all files again, so it cannot
 * be stale), and, unless it has a place of its own, the journal, which stays.
 */
final class WorkDirectory implements Closeable {

	private static final String JOURNAL = "journal.log";

	private final Path path;

	private final Path journal;

	private WorkDirectory(Path path, Path journal) {
		this.path = path;
		this.journal = journal;
	}

	/**
	 * Creates the directory.
	 * @param journal the file for the journal; null for one in this directory
	 * @return the directory
	 * @throws IOException if it cannot be made
	 */
	static WorkDirectory create(@Nullable String journal) throws IOException {
		Path path = Files.createTempDirectory("workqueue-sample-").toRealPath();
		return new WorkDirectory(path, (journal != null) ? real(Path.of(journal)) : path.resolve(JOURNAL));
	}

	private static Path real(Path file) throws IOException {
		Path absolute = file.toAbsolutePath().normalize();
		Path parent = Files.createDirectories(absolute.resolveSibling("")).toRealPath();
		return parent.resolve(absolute.getFileName());
	}

	Path path() {
		return this.path;
	}

	Path index() {
		return this.path.resolve("index");
	}

	Path journal() {
		return this.journal;
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(index());
		if (!Files.exists(this.path.resolve(JOURNAL))) {
			Files.deleteIfExists(this.path);
		}
	}

}
