package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;

@ExtendWith(MockitoExtension.class)
class FileEventsTests {

	private final Activity activity = new Activity();

	@Mock
	private KeyedWork<Path> index;

	@Mock
	private KeyedWork<Path> remove;

	@Mock
	private DelayedWorkItem rescan;

	private Path root;

	private Path journal;

	private FileEvents events;

	@BeforeEach
	void create(@TempDir Path directory) throws IOException {
		this.root = directory.toRealPath();
		this.journal = this.root.resolve("journal.log");
		WatchedTree tree = WatchedTree.open(this.root.toString(), Set.of(), List.of(this.journal));
		this.events = new FileEvents(tree, new ChangeJournal(this.journal, Runnable::run, Clock.systemUTC()),
				this.activity, this.index, this.remove, this.rescan);
	}

	@Test
	void schedulesWhatAppearsOrChangesForTheIndex() throws IOException {
		this.events.accept(this.root, StandardWatchEventKinds.ENTRY_CREATE, Path.of("new.txt"));
		this.events.accept(this.root.resolve("src"), StandardWatchEventKinds.ENTRY_MODIFY, Path.of("old.txt"));
		then(this.index).should().schedule(this.root.resolve("new.txt"));
		then(this.index).should().schedule(this.root.resolve("src/old.txt"));
		then(this.remove).shouldHaveNoInteractions();
		assertThat(Files.readAllLines(this.journal)).satisfiesExactly(
				(line) -> assertThat(line).endsWith(" CREATED new.txt"),
				(line) -> assertThat(line).endsWith(" MODIFIED src/old.txt"));
		assertThat(this.activity.totals()).isEqualTo(new EventTotals(0, 2, 0));
	}

	@Test
	void schedulesWhatDisappearsForRemoval() {
		this.events.accept(this.root, StandardWatchEventKinds.ENTRY_DELETE, Path.of("old.txt"));
		then(this.remove).should().schedule(this.root.resolve("old.txt"));
		then(this.index).shouldHaveNoInteractions();
	}

	@Test
	void looksAtTheWholeTreeAtOnceIfEventsWereLost() throws IOException {
		this.events.accept(this.root, StandardWatchEventKinds.OVERFLOW, null);
		then(this.rescan).should().modify(Duration.ZERO);
		assertThat(this.activity.totals()).isEqualTo(new EventTotals(0, 0, 1));
		assertThat(Files.readString(this.journal)).contains(" OVERFLOW ");
	}

	@Test
	void takesNoNoticeOfItsOwnJournal() {
		this.events.accept(this.root, StandardWatchEventKinds.ENTRY_MODIFY, Path.of("journal.log"));
		then(this.index).shouldHaveNoInteractions();
		assertThat(this.journal).doesNotExist();
	}

}
