package io.github.workqueue.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * A log file of all changes, in the order in which they were reported. Each line is a
 * work of its own, and the order is the queue's: one thread at a time writes.
 */
final class ChangeJournal {

	private final Path file;

	private final Executor ordered;

	private final Clock clock;

	/**
	 * Creates a journal.
	 * @param file the file to append to; made when the first change is written
	 * @param ordered runs what it is given one after the other, in order
	 * @param clock the time of a change
	 */
	ChangeJournal(Path file, Executor ordered, Clock clock) {
		this.file = file;
		this.ordered = ordered;
		this.clock = clock;
	}

	Path file() {
		return this.file;
	}

	/**
	 * Has a change appended. Returns at once.
	 * @param change what happened
	 * @param subject to what
	 */
	void append(Change change, String subject) {
		String line = this.clock.instant() + " " + change + " " + subject + System.lineSeparator();
		this.ordered.execute(() -> write(line));
	}

	private void write(String line) {
		try {
			Files.writeString(this.file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot append to journal " + this.file + ", change sample.journal", ex);
		}
	}

}
