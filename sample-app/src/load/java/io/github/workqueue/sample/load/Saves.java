package io.github.workqueue.sample.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Saves that are prepared, so that they come as fast as the file system takes them. Each
 * is one event: a file that is written elsewhere takes the place of the other.
 */
final class Saves {

	private static int lastNumber;

	private final FileTree tree;

	private final Load load;

	private final Queue<Path> prepared = new ArrayDeque<>();

	private final long[][] savedAt;

	private String lastWord = "";

	private Saves(FileTree tree, Load load) {
		this.tree = tree;
		this.load = load;
		this.savedAt = new long[FileTree.DIRECTORIES][load.filesPerDirectory()];
	}

	/**
	 * Prepares them.
	 * @param tree whose files are replaced
	 * @param load which, and how often
	 * @param staging a directory on the same file system
	 */
	static Saves prepare(FileTree tree, Load load, Path staging) throws IOException {
		Saves saves = new Saves(tree, load);
		for (int round = 0; round < load.rounds(); round++) {
			saves.lastWord = "save%05d".formatted(++lastNumber);
			saves.each((directory, file) -> saves.prepare(staging, directory, file));
		}
		return saves;
	}

	private void prepare(Path staging, int directory, int file) throws IOException {
		Path path = staging.resolve(this.lastWord + "-" + directory + "-" + file);
		this.tree.write(path, directory, file, this.lastWord);
		this.prepared.add(path);
	}

	/** Saves them all. */
	void run() throws IOException {
		for (int round = 0; round < this.load.rounds(); round++) {
			each(this::save);
		}
	}

	private void save(int directory, int file) throws IOException {
		this.savedAt[directory][file] = System.nanoTime();
		Files.move(this.prepared.remove(), this.tree.file(directory, file), StandardCopyOption.ATOMIC_MOVE);
	}

	private void each(Action action) throws IOException {
		for (int directory = 0; directory < FileTree.DIRECTORIES; directory++) {
			for (int file = 0; file < this.load.filesPerDirectory(); file++) {
				action.run(directory, file);
			}
		}
	}

	int filesPerDirectory() {
		return this.load.filesPerDirectory();
	}

	/** What only files have in them that were saved for the last time. */
	String lastWord() {
		return this.lastWord;
	}

	/** When a file was saved for the last time. */
	long savedAt(int directory, int file) {
		return this.savedAt[directory][file];
	}

	/** What is done with each file. */
	@FunctionalInterface
	private interface Action {

		void run(int directory, int file) throws IOException;

	}

}
