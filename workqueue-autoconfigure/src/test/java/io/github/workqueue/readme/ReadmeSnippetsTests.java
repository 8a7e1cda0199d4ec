package io.github.workqueue.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every Java snippet of the README and of the pages beside it stands, line by line, in a
 * source that is compiled; every link leads somewhere.
 */
class ReadmeSnippetsTests {

	private static final Pattern JAVA = Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	/** A link to a file of the project. */
	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

	private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^)#:]*)#([^)]+)\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

	private static final Path README = Path.of("..", "README.md");

	private static final Path PAGES = Path.of("..", ".github");

	private static final Path SOURCES = Path.of("src/test/java/io/github/workqueue");

	@ParameterizedTest
	@MethodSource("snippets")
	void standsInASourceThatIsCompiled(String snippet) throws IOException {
		assertThat(sources()).anyMatch((source) -> source.contains(snippet));
	}

	@Test
	void theReadmeIsShort() throws IOException {
		assertThat(Files.readAllLines(README)).hasSizeLessThan(250);
	}

	@Test
	void everyPageIsLinked() throws IOException {
		String all = pages().stream().map(ReadmeSnippetsTests::read).collect(Collectors.joining());
		assertThat(pages()).hasSizeGreaterThan(10)
			.filteredOn((page) -> !page.equals(README) && !page.endsWith("pull_request_template.md"))
			.filteredOn((page) -> !page.getParent().endsWith("ISSUE_TEMPLATE"))
			.allSatisfy((page) -> assertThat(all).contains(page.getFileName() + ")"));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsSomewhere(Path page) {
		assertThat(LINK.matcher(read(page)).results().map((link) -> link.group(1)))
			.allSatisfy((link) -> assertThat(page.resolveSibling(link)).exists());
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyAnchorIsAHeading(Path page) {
		assertThat(ANCHOR.matcher(read(page)).results()).allSatisfy((link) -> {
			Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
			assertThat(anchors(target)).contains(link.group(2));
		});
	}

	private static List<String> anchors(Path page) {
		return HEADING.matcher(read(page))
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
			.toList();
	}

	static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(PAGES)) {
			List<Path> pages = new ArrayList<>(files.filter((file) -> file.toString().endsWith(".md")).toList());
			pages.add(README);
			return pages;
		}
	}

	static List<String> snippets() throws IOException {
		return pages().stream().map(ReadmeSnippetsTests::read).flatMap(ReadmeSnippetsTests::blocks).toList();
	}

	private static Stream<String> blocks(String page) {
		return JAVA.matcher(page).results().map((block) -> withoutIndentation(block.group(1)));
	}

	private static List<String> sources() throws IOException {
		List<Path> files = new ArrayList<>(files(SOURCES.resolve("readme")));
		files.addAll(files(SOURCES.resolve("migration")));
		files.addAll(files(SOURCES.resolve("samples")));
		return files.stream().map(ReadmeSnippetsTests::read).map(ReadmeSnippetsTests::withoutIndentation).toList();
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
