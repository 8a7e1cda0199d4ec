package io.github.workqueue.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A newcomer finds the tests of every class.
 */
class ClassesTableTests {

	private static final Pattern CODE = Pattern.compile("`([\\w.]+)`");

	private static final Path CLASSES = Path.of("src/main/java/io/github/workqueue/engine");

	private static final Path TESTS = Path.of("src/test/java/io/github/workqueue/engine");

	@Test
	void everyClassIsTestedByItsNameOrInTheTable() throws IOException {
		List<String> listed = column(1);
		assertThat(classes()).hasSizeGreaterThan(50)
			.allSatisfy((name) -> assertThat(exists(name + "Tests") || listed.contains(name)).as(name).isTrue());
		assertThat(listed).doesNotHaveDuplicates().isSubsetOf(classes());
	}

	@Test
	void everyTestOfTheTableExists() throws IOException {
		assertThat(column(2)).isNotEmpty().allSatisfy((test) -> assertThat(exists(test)).as(test).isTrue());
	}

	private static boolean exists(String test) {
		return Files.exists(TESTS.resolve(test.replace('.', '/') + ".java"));
	}

	private static List<String> column(int number) throws IOException {
		try (Stream<String> lines = Files.lines(TESTS.resolve("classes.md"))) {
			return lines.filter((line) -> line.startsWith("| `"))
				.map((line) -> line.split("\\|")[number])
				.flatMap((cell) -> CODE.matcher(cell).results().map((code) -> code.group(1)))
				.toList();
		}
	}

	private static List<String> classes() throws IOException {
		try (Stream<Path> files = Files.list(CLASSES)) {
			return files.map((file) -> file.getFileName().toString().replace(".java", ""))
				.filter((name) -> !name.equals("package-info"))
				.toList();
		}
	}

}
