package io.github.workqueue.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every Java snippet of the README and of the migration pages stands, line by line, in a
 * source that is compiled.
 */
class ReadmeSnippetsTest {

	private static final Pattern JAVA = Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	/** A link to a file of the project. */
	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

	private static final Path PAGES = Path.of("..", ".github", "migration");

	private static final Path SOURCES = Path.of("src/test/java/io/github/workqueue");

	@ParameterizedTest
	@MethodSource("snippets")
	void standsInASourceThatIsCompiled(String snippet) throws IOException {
		assertThat(sources()).anyMatch((source) -> source.contains(snippet));
	}

	@Test
	void theReadmeLinksToEveryPageAndToNothingElse() throws IOException {
		String readme = read(Path.of("..", "README.md"));
		assertThat(files(PAGES)).isNotEmpty()
			.allSatisfy((page) -> assertThat(readme).contains("](.github/migration/" + page.getFileName() + ")"));
		assertThat(LINK.matcher(readme).results().map((link) -> link.group(1)))
			.allSatisfy((link) -> assertThat(Path.of("..", link)).exists());
	}

	static List<String> snippets() throws IOException {
		List<Path> pages = new ArrayList<>(files(PAGES));
		pages.add(Path.of("..", "README.md"));
		return pages.stream().map(ReadmeSnippetsTest::read).flatMap(ReadmeSnippetsTest::blocks).toList();
	}

	private static Stream<String> blocks(String page) {
		return JAVA.matcher(page).results().map((block) -> withoutIndentation(block.group(1)));
	}

	private static List<String> sources() throws IOException {
		List<Path> files = new ArrayList<>(files(SOURCES.resolve("readme")));
		files.addAll(files(SOURCES.resolve("migration")));
		return files.stream().map(ReadmeSnippetsTest::read).map(ReadmeSnippetsTest::withoutIndentation).toList();
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
	}

	private static String withoutIndentation(String text) {
		StringBuilder result = new StringBuilder();
		text.lines().map(String::strip).forEach((line) -> result.append(line).append('\n'));
		return result.toString();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
