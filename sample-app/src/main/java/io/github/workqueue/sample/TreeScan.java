package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Compares a directory with the catalogue. Each directory is watched before its files are
 * looked at, so that no change falls between the two.
 */
final class TreeScan {

	private static final Log logger = LogFactory.getLog(TreeScan.class);

	private final WatchedTree tree;

	private final Catalogue catalogue;

	private final DirectoryWatch watch;

	TreeScan(WatchedTree tree, Catalogue catalogue, DirectoryWatch watch) {
		this.tree = tree;
		this.catalogue = catalogue;
		this.watch = watch;
	}

	/**
	 * Looks at all files below a directory.
	 * @param directory the directory
	 * @param changed gets each file that is new or has changed
	 * @param gone gets each file of the catalogue that is not there any more
	 * @throws IOException never for a single file or directory that cannot be read
	 */
	void run(Path directory, Consumer<Path> changed, Consumer<Path> gone) throws IOException {
		Set<String> seen = new HashSet<>();
		Files.walkFileTree(directory, new Visitor(changed, seen));
		this.catalogue.filesBelow(this.tree.relative(directory))
			.stream()
			.filter((name) -> !seen.contains(name))
			.map(this.tree::resolve)
			.filter((file) -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS))
			.forEach(gone);
	}

	private final class Visitor extends SimpleFileVisitor<Path> {

		private final Consumer<Path> changed;

		private final Set<String> seen;

		Visitor(Consumer<Path> changed, Set<String> seen) {
			this.changed = changed;
			this.seen = seen;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
			if (!TreeScan.this.tree.enters(directory)) {
				return FileVisitResult.SKIP_SUBTREE;
			}
			TreeScan.this.watch.add(directory);
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			if (attributes.isRegularFile() && TreeScan.this.tree.covers(file)) {
				String name = TreeScan.this.tree.relative(file);
				this.seen.add(name);
				if (!TreeScan.this.catalogue.isCurrent(name, attributes)) {
					this.changed.accept(file);
				}
			}
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path path, IOException failure) {
			if (!(failure instanceof NoSuchFileException)) {
				logger.warn("Skipped " + path + ": cannot be read (" + failure + ")");
			}
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
			if (failure != null) {
				logger.warn("Skipped a part of " + directory + ": cannot be read (" + failure + ")");
			}
			return FileVisitResult.CONTINUE;
		}

	}

}
