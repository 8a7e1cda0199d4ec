package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WatchedTreeTests {

	private Path root;

	private WatchedTree tree;

	@BeforeEach
	void open(@TempDir Path directory) throws IOException {
		this.root = directory.toRealPath();
		this.tree = WatchedTree.open(this.root.toString(), Set.of("target"),
				List.of(this.root.resolve("own"), this.root.resolve("journal.log")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "src", "src/main", "targets" })
	void entersDirectories(String path) {
		assertThat(this.tree.enters(this.root.resolve(path))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { ".git", "src/.idea/x", "target", "a/target/classes", "own", "own/index", ".." })
	void leavesOutHiddenBuiltAndOwnDirectories(String path) {
		assertThat(this.tree.enters(this.root.resolve(path).normalize())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", ".gitignore", "src/target", "src/Main.java" })
	void coversFiles(String path) {
		assertThat(this.tree.covers(this.root.resolve(path))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "journal.log", "own/x", "target/x", ".git/config" })
	void leavesOutFiles(String path) {
		assertThat(this.tree.covers(this.root.resolve(path))).isFalse();
	}

	@Test
	void namesFilesByTheirPathBelowTheRoot() {
		assertThat(this.tree.relative(this.root.resolve("src").resolve("Main.java"))).isEqualTo("src/Main.java");
		assertThat(this.tree.relative(this.root)).isEmpty();
		assertThat(this.tree.resolve("src/Main.java")).isEqualTo(this.root.resolve("src/Main.java"));
	}

	@Test
	void searchesARootThatItWouldLeaveOutElsewhere() throws IOException {
		Path hidden = Files.createDirectories(this.root.resolve(".hidden/target"));
		WatchedTree inHidden = WatchedTree.open(hidden.toString(), Set.of("target"), List.of());
		assertThat(inHidden.enters(hidden)).isTrue();
		assertThat(inHidden.covers(hidden.resolve("file"))).isTrue();
	}

	@Test
	void refusesAMissingRoot() {
		String missing = this.root.resolve("missing").toString();
		assertThatExceptionOfType(UnusableRootException.class)
			.isThrownBy(() -> WatchedTree.open(missing, Set.of(), List.of()))
			.withMessageContaining("sample.root = '" + missing + "'")
			.withMessageContaining("does not exist");
	}

	@Test
	void refusesAFileAsRoot() throws IOException {
		String file = Files.createFile(this.root.resolve("file")).toString();
		assertThatExceptionOfType(UnusableRootException.class)
			.isThrownBy(() -> WatchedTree.open(file, Set.of(), List.of()))
			.withMessageContaining("is not a directory");
	}

	@Test
	void refusesARootThatIsNoPath() {
		assertThatExceptionOfType(UnusableRootException.class)
			.isThrownBy(() -> WatchedTree.open("a\0b", Set.of(), List.of()))
			.withMessageContaining("cannot be used");
	}

	@Test
	void explainsWhatToDoAboutTheRoot() {
		UnusableRootException failure = new UnusableRootException("x", "does not exist");
		assertThat(new UnusableRootFailureAnalyzer().analyze(new IllegalStateException(failure), failure))
			.satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("sample.root = 'x'").contains("does not exist");
				assertThat(analysis.getAction()).contains("--sample.root=DIRECTORY");
			});
	}

}
