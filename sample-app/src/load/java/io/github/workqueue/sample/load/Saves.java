package io.github.workqueue.sample.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Saves that are prepared, so that they come as fast as the file system takes them. Each
 * puts a new file in the place of another, which is one event; events of writing into a
 * file would merge as it happens.
 */
final class Saves {

	private static int lastNumber;

	private final FileTree tree;

	private final Load load;

	private final Path staging;

	private final long[][] savedAt;

	private final int firstNumber;

	private Saves(FileTree tree, Load load, Path staging) {
		this.tree = tree;
		this.load = load;
		this.staging = staging;
		this.savedAt = new long[FileTree.DIRECTORIES][load.filesPerDirectory()];
		this.firstNumber = lastNumber + 1;
		lastNumber += load.rounds();
	}

	/**
	 * Prepares them.
	 * @param tree whose files are replaced
	 * @param load which, and how often
	 * @param staging a directory on the same file system
	 */
	static Saves prepare(FileTree tree, Load load, Path staging) throws IOException {
		Saves saves = new Saves(tree, load, staging);
		saves.each((round, directory, file) -> tree.write(saves.prepared(round, directory, file), directory, file,
				saves.word(round)));
		return saves;
	}

	/** Saves them all. */
	void run() throws IOException {
		each((round, directory, file) -> {
			this.savedAt[directory][file] = System.nanoTime();
			Files.move(prepared(round, directory, file), this.tree.file(directory, file),
					StandardCopyOption.ATOMIC_MOVE);
		});
	}

	private void each(Action action) throws IOException {
		for (int round = 0; round < this.load.rounds(); round++) {
			for (int directory = 0; directory < FileTree.DIRECTORIES; directory++) {
				for (int file = 0; file < this.load.filesPerDirectory(); file++) {
					action.run(round, directory, file);
				}
			}
		}
	}

	private Path prepared(int round, int directory, int file) {
		return this.staging.resolve(word(round) + "-" + directory + "-" + file);
	}

	private String word(int round) {
		return "save%05d".formatted(this.firstNumber + round);
	}

	int filesPerDirectory() {
		return this.load.filesPerDirectory();
	}

	/** How the word of files begins that were saved for the last time. */
	String lastWord() {
		return word(this.load.rounds() - 1);
	}

	/** When a file was saved for the last time. */
	long savedAt(int directory, int file) {
		return this.savedAt[directory][file];
	}

	/** What is done for each save. */
	@FunctionalInterface
	private interface Action {

		void run(int round, int directory, int file) throws IOException;

	}

}
