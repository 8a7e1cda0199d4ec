package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;

@ExtendWith(MockitoExtension.class)
class IndexerTests {

	private final Activity activity = new Activity();

	@Mock
	private KeyedWork<Path> index;

	@Mock
	private KeyedWork<Path> remove;

	@Mock
	private DelayedWorkItem commit;

	private final List<Object> changes = new ArrayList<>();

	private Path root;

	private SearchIndex searchIndex;

	private DirectoryWatch watch;

	private Indexer indexer;

	@BeforeEach
	void create(@TempDir Path directory, @TempDir Path indexDirectory) throws IOException {
		this.root = directory.toRealPath();
		WatchedTree tree = WatchedTree.open(this.root.toString(), Set.of(), List.of());
		Catalogue catalogue = new Catalogue();
		this.searchIndex = SearchIndex.create(indexDirectory);
		this.watch = new DirectoryWatch(FileSystems.getDefault().newWatchService());
		this.indexer = new Indexer(
				new FileIndexer(tree, new TextReader(DataSize.ofKilobytes(1)), this.searchIndex, catalogue),
				new TreeScan(tree, catalogue, this.watch), this.watch, this.activity, this.index, this.remove,
				this.commit, this.changes::add);
	}

	@AfterEach
	void close() throws IOException {
		this.watch.close();
		this.searchIndex.close();
	}

	@Test
	void indexesAFileAndAsksForACommit() throws IOException {
		this.indexer.index(Files.writeString(this.root.resolve("a.txt"), "needle"));
		assertThat(this.searchIndex.search("needle", 1).total()).isOne();
		then(this.commit).should().schedule();
		then(this.remove).shouldHaveNoInteractions();
	}

	@Test
	void watchesADirectoryAndSchedulesItsFiles() throws IOException {
		Path file = Files.createDirectories(this.root.resolve("a/b")).resolve("c.txt");
		Files.writeString(file, "needle");
		this.indexer.index(this.root.resolve("a"));
		then(this.index).should().schedule(file);
		assertThat(this.watch.size()).isEqualTo(2);
		assertThat(this.activity.totals().found()).isOne();
	}

	@Test
	void leavesOutAHiddenDirectory() throws IOException {
		Path hidden = Files.createDirectory(this.root.resolve(".git"));
		Files.writeString(hidden.resolve("config"), "needle");
		this.indexer.index(hidden);
		then(this.index).shouldHaveNoInteractions();
		assertThat(this.watch.size()).isZero();
	}

	@Test
	void hasAFileRemovedThatVanished() throws IOException {
		Path vanished = this.root.resolve("vanished.txt");
		this.indexer.index(vanished);
		then(this.remove).should().schedule(vanished);
	}

	@Test
	void hasAFileRemovedThatBecameALinkOnce() throws IOException {
		Path link = Files.createSymbolicLink(this.root.resolve("link"), this.root.resolve("a.txt"));
		this.indexer.index(link);
		then(this.remove).should().schedule(link);
		this.indexer.remove(link);
		then(this.index).shouldHaveNoInteractions();
	}

	@Test
	void removesAFileAndAsksForACommit() throws IOException {
		Path file = Files.writeString(this.root.resolve("a.txt"), "needle");
		this.indexer.index(file);
		Files.delete(file);
		this.indexer.remove(file);
		assertThat(this.searchIndex.search("needle", 1).total()).isZero();
		then(this.index).shouldHaveNoInteractions();
	}

	@Test
	void hasAFileIndexedAgainThatCameBackBeforeItWasRemoved() throws IOException {
		Path file = Files.writeString(this.root.resolve("a.txt"), "needle");
		this.indexer.index(file);
		this.indexer.remove(file);
		then(this.index).should().schedule(file);
	}

	@Test
	void stopsToWatchARemovedDirectory() throws IOException {
		Path directory = Files.createDirectories(this.root.resolve("a/b"));
		this.indexer.index(directory.getParent());
		Files.delete(directory);
		Files.delete(directory.getParent());
		this.indexer.remove(directory.getParent());
		assertThat(this.watch.size()).isZero();
	}

}
