package io.github.workqueue.sample.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text files in directories. The first line of each is one word for the save and the
 * directory.
 */
final class FileTree {

	static final int DIRECTORIES = 200;

	/** Of each file. */
	static final int LINES = 10;

	private static final int WORDS = 3000;

	private final Path root;

	private final int filesPerDirectory;

	private FileTree(Path root, int filesPerDirectory) {
		this.root = root;
		this.filesPerDirectory = filesPerDirectory;
	}

	static FileTree create(Path root, int filesPerDirectory) throws IOException {
		FileTree tree = new FileTree(root, filesPerDirectory);
		for (int directory = 0; directory < DIRECTORIES; directory++) {
			Files.createDirectories(tree.file(directory, 0).resolveSibling(""));
			for (int file = 0; file < filesPerDirectory; file++) {
				tree.write(tree.file(directory, file), directory, file, "before");
			}
		}
		return tree;
	}

	Path root() {
		return this.root;
	}

	long lines() {
		return (long) DIRECTORIES * this.filesPerDirectory * LINES;
	}

	Path file(int directory, int file) {
		return this.root.resolve(word(directory)).resolve("file" + file + ".txt");
	}

	/** The name of a directory, and the end of that word. */
	static String word(int directory) {
		return "dir%03d".formatted(directory);
	}

	/** Writes what a file of the tree is to hold; always the same but for the save. */
	void write(Path path, int directory, int file, String save) throws IOException {
		Random random = new Random(directory * 1000L + file);
		String text = IntStream.range(1, LINES).mapToObj((line) -> line(random)).collect(Collectors.joining("\n"));
		Files.writeString(path, save + word(directory) + "\n" + text + "\n");
	}

	private static String line(Random random) {
		return random.ints(8, 0, WORDS)
			.mapToObj((word) -> Integer.toString(word * 7919, Character.MAX_RADIX))
			.collect(Collectors.joining(" "));
	}

}
