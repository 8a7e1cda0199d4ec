package io.github.workqueue.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChangeJournalTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T18:00:00Z"), ZoneOffset.UTC);

	private final Queue<Runnable> queued = new ArrayDeque<>();

	@TempDir
	Path directory;

	@Test
	void appendsWhatTheQueueRunsAndNothingBefore() throws IOException {
		Path file = this.directory.resolve("journal.log");
		ChangeJournal journal = new ChangeJournal(file, this.queued::add, CLOCK);
		journal.append(Change.CREATED, "a.txt");
		journal.append(Change.DELETED, "b.txt");
		assertThat(file).doesNotExist();
		this.queued.forEach(Runnable::run);
		assertThat(Files.readAllLines(file)).containsExactly("2026-11-23T18:00:00Z CREATED a.txt",
				"2026-11-23T18:00:00Z DELETED b.txt");
	}

	@Test
	void namesTheFileThatCannotBeWritten() {
		ChangeJournal journal = new ChangeJournal(this.directory, this.queued::add, CLOCK);
		journal.append(Change.CREATED, "a.txt");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.queued.remove().run())
			.withMessageContaining(this.directory.toString())
			.withMessageContaining("sample.journal");
	}

}
