package io.github.workqueue.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/**
 * Which part of the file system is searched: all below a root, but for hidden
 * directories, those of certain names, and the application's own files. Immutable.
 */
final class WatchedTree {

	private final Path root;

	private final Set<String> skippedNames;

	private final Set<Path> ownPaths;

	private WatchedTree(Path root, Collection<String> skippedNames, Collection<Path> ownPaths) {
		this.root = root;
		this.skippedNames = Set.copyOf(skippedNames);
		this.ownPaths = Set.copyOf(ownPaths);
	}

	/**
	 * Checks the root.
	 * @param root the directory to search
	 * @param skippedNames names of directories to leave out
	 * @param ownPaths real paths of what the application writes itself
	 * @return the tree
	 * @throws UnusableRootException if the root is not a directory or may not be read
	 */
	static WatchedTree open(String root, Collection<String> skippedNames, Collection<Path> ownPaths) {
		try {
			return new WatchedTree(checkRoot(root, Path.of(root).toAbsolutePath().normalize()), skippedNames, ownPaths);
		}
		catch (InvalidPathException | IOException ex) {
			throw new UnusableRootException(root, "cannot be used: " + ex.getMessage());
		}
	}

	private static Path checkRoot(String name, Path root) throws IOException {
		if (!Files.exists(root)) {
			throw new UnusableRootException(name, "does not exist (looked for " + root + ")");
		}
		if (!Files.isDirectory(root)) {
			throw new UnusableRootException(name, "is not a directory (looked at " + root + ")");
		}
		if (!Files.isReadable(root) || !Files.isExecutable(root)) {
			throw new UnusableRootException(name, "may not be read by this user (looked at " + root + ")");
		}
		return root.toRealPath();
	}

	Path root() {
		return this.root;
	}

	/**
	 * Tells whether a directory belongs to the tree, by its name and those of its
	 * parents.
	 * @param directory an absolute path
	 * @return true if its files are searched
	 */
	boolean enters(Path directory) {
		if (!directory.startsWith(this.root) || isOwn(directory)) {
			return false;
		}
		for (int i = this.root.getNameCount(); i < directory.getNameCount(); i++) {
			if (isSkipped(directory.getName(i).toString())) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Tells whether a path is directly inside a directory of the tree and not the
	 * application's own. A file that is covered is searched.
	 * @param path an absolute path
	 * @return true if changes of it matter
	 */
	boolean covers(Path path) {
		Path parent = path.getParent();
		return parent != null && enters(parent) && !isOwn(path);
	}

	/**
	 * Returns the name of a path in the index: relative to the root, with slashes.
	 * @param path a path below the root
	 * @return the name; empty for the root itself
	 */
	String relative(Path path) {
		return this.root.relativize(path).toString().replace(File.separatorChar, '/');
	}

	Path resolve(String relative) {
		return this.root.resolve(relative);
	}

	private boolean isOwn(Path path) {
		return this.ownPaths.stream().anyMatch(path::startsWith);
	}

	private boolean isSkipped(String name) {
		return name.startsWith(".") || this.skippedNames.contains(name);
	}

}
