package io.github.workqueue.sample.load;

/**
 * Saves that come at once, in rounds over the same files.
 *
 * @param filesPerDirectory how many files are saved
 * @param rounds how often
 */
record Load(int filesPerDirectory, int rounds) {

	int files() {
		return this.filesPerDirectory * FileTree.DIRECTORIES;
	}

	int saves() {
		return files() * this.rounds;
	}

	String title() {
		return "%,d files saved %s".formatted(files(), (this.rounds == 1) ? "once" : this.rounds + " times");
	}

}
