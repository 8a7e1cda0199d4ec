package io.github.workqueue.sample.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * When the searches saw the last save of each file. They ask one directory after the
 * other how many of its files they find, so a file may have been there for as long as one
 * round takes.
 */
final class Findings {

	private final ReentrantLock lock = new ReentrantLock();

	private final Saves saves;

	private final long[][] foundAt;

	private final int[] found = new int[FileTree.DIRECTORIES];

	Findings(Saves saves) {
		this.saves = saves;
		this.foundAt = new long[FileTree.DIRECTORIES][saves.filesPerDirectory()];
	}

	/**
	 * Searches for what was saved.
	 * @param http where
	 * @param number of the search, which says in which directory
	 * @throws IOException if there is no answer
	 */
	void look(SampleHttp http, int number) throws IOException {
		int directory = number % FileTree.DIRECTORIES;
		int total = http.search(this.saves.lastWord() + FileTree.word(directory));
		saw(directory, total, System.nanoTime());
	}

	private void saw(int directory, int total, long time) {
		this.lock.lock();
		try {
			for (int i = this.found[directory]; i < total; i++) {
				this.foundAt[directory][i] = time;
			}
			this.found[directory] = Math.max(this.found[directory], total);
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isComplete() {
		this.lock.lock();
		try {
			return Arrays.stream(this.found).allMatch((count) -> count == this.saves.filesPerDirectory());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tells how long it took from a save until a search saw it. Which file of a directory
	 * was seen is not known, but those of one directory are saved within milliseconds.
	 * @return the time of each file, in ms
	 */
	double[] lagMillis() {
		return IntStream.range(0, FileTree.DIRECTORIES)
			.boxed()
			.flatMapToDouble((directory) -> IntStream.range(0, this.saves.filesPerDirectory())
				.mapToDouble((file) -> (this.foundAt[directory][file] - this.saves.savedAt(directory, file)) / 1e6))
			.toArray();
	}

}
