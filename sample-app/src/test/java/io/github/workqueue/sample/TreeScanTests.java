package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TreeScanTests {

	private final Catalogue catalogue = new Catalogue();

	private final List<String> changed = new ArrayList<>();

	private final List<String> gone = new ArrayList<>();

	private Path root;

	private WatchedTree tree;

	private DirectoryWatch watch;

	@BeforeEach
	void open(@TempDir Path directory) throws IOException {
		this.root = directory.toRealPath();
		this.tree = WatchedTree.open(this.root.toString(), Set.of("target"), List.of());
		this.watch = new DirectoryWatch(FileSystems.getDefault().newWatchService());
	}

	@AfterEach
	void close() throws IOException {
		this.watch.close();
	}

	@Test
	void findsNewFilesAndWatchesTheirDirectories() throws IOException {
		write("a.txt");
		write("src/main/b.txt");
		write("target/c.txt");
		write(".git/d.txt");
		scan("");
		assertThat(this.changed).containsExactlyInAnyOrder("a.txt", "src/main/b.txt");
		assertThat(this.gone).isEmpty();
		assertThat(this.watch.size()).isEqualTo(3);
	}

	@Test
	void findsOnlyWhatChanged() throws IOException {
		catalogue(write("same.txt"));
		catalogue(write("changed.txt"));
		Files.writeString(this.root.resolve("changed.txt"), "longer than before");
		scan("");
		assertThat(this.changed).containsExactly("changed.txt");
	}

	@Test
	void findsWhatIsGone() throws IOException {
		Path directory = this.root.resolve("a");
		catalogue(write("a/1.txt"));
		catalogue(write("b.txt"));
		Files.delete(directory.resolve("1.txt"));
		Files.delete(directory);
		scan("");
		assertThat(this.gone).containsExactly("a/1.txt");
	}

	@Test
	void looksAtOneDirectoryOnly() throws IOException {
		write("a/1.txt");
		write("b/2.txt");
		catalogue(write("b/3.txt"));
		Files.delete(this.root.resolve("b/3.txt"));
		scan("a");
		assertThat(this.changed).containsExactly("a/1.txt");
		assertThat(this.gone).isEmpty();
	}

	@Test
	void leavesOutLinks() throws IOException {
		write("a/1.txt");
		Files.createSymbolicLink(this.root.resolve("link.txt"), this.root.resolve("a/1.txt"));
		Files.createSymbolicLink(this.root.resolve("link"), this.root.resolve("a"));
		scan("");
		assertThat(this.changed).containsExactly("a/1.txt");
	}

	@Test
	void survivesARootThatVanished() throws IOException {
		catalogue(write("a.txt"));
		Files.delete(this.root.resolve("a.txt"));
		Files.delete(this.root);
		scan("");
		assertThat(this.gone).containsExactly("a.txt");
		Files.createDirectory(this.root);
	}

	@Test
	void forgetsTheDirectoriesBelowOneThatIsGone() throws IOException {
		write("a/b/1.txt");
		write("ab/2.txt");
		scan("");
		this.watch.remove(this.root.resolve("a"));
		assertThat(this.watch.size()).isEqualTo(2);
	}

	@Test
	void knowsTheNewPlaceOfARenamedDirectory() throws IOException {
		write("a/1.txt");
		scan("");
		Files.move(this.root.resolve("a"), this.root.resolve("b"));
		scan("b");
		this.watch.remove(this.root.resolve("a"));
		assertThat(this.watch.size()).isEqualTo(2);
	}

	private Path write(String name) throws IOException {
		Path file = this.root.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, "text");
	}

	private void catalogue(Path file) throws IOException {
		this.catalogue.put(this.tree.relative(file),
				FileStamp.of(Files.readAttributes(file, BasicFileAttributes.class), null));
	}

	private void scan(String directory) throws IOException {
		new TreeScan(this.tree, this.catalogue, this.watch).run(this.root.resolve(directory),
				(file) -> this.changed.add(this.tree.relative(file)),
				(file) -> this.gone.add(this.tree.relative(file)));
	}

}
