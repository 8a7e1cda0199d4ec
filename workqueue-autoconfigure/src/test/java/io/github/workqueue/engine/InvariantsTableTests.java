package io.github.workqueue.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page beside the tests names each invariant once, and for each a test that exists,
 * or the reason why there is none.
 */
class InvariantsTableTests {

	private static final int INVARIANTS = 52;

	private static final Path PAGE = Path.of("src/test/java/io/github/workqueue/engine/invariants.md");

	private static final Pattern TEST = Pattern.compile("`([\\w.]+)#(\\w+)`");

	static List<String> rows() throws IOException {
		try (Stream<String> lines = Files.lines(PAGE)) {
			return lines.filter((line) -> line.matches("\\| \\d+ \\|.*")).toList();
		}
	}

	@Test
	void eachInvariantHasOneRow() throws IOException {
		assertThat(rows().stream().map((row) -> Integer.valueOf(cells(row)[1])))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, INVARIANTS).boxed().toList());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void eachRowNamesTestsThatExistOrSaysWhyThereIsNone(String row) throws Exception {
		String[] cells = cells(row);
		assertThat(cells).as("cells").hasSize(4);
		assertThat(cells[2]).as("what holds").isNotBlank();
		if (cells[3].startsWith("none: ")) {
			return;
		}
		List<MatchResult> tests = TEST.matcher(cells[3]).results().toList();
		assertThat(tests).as("tests").isNotEmpty();
		assertThat(TEST.matcher(cells[3]).replaceAll("").replace(",", "")).as("what is no test").isBlank();
		for (MatchResult test : tests) {
			assertThat(isTest(test.group(1), test.group(2))).as(test.group()).isTrue();
		}
	}

	private static String[] cells(String row) {
		return Stream.of(row.split("\\|")).map(String::trim).toArray(String[]::new);
	}

	private static boolean isTest(String name, String method) throws ClassNotFoundException {
		Class<?> type = Class.forName(InvariantsTableTests.class.getPackageName() + "." + name);
		return Stream.of(type.getDeclaredMethods())
			.anyMatch(
					(found) -> found.getName().equals(method) && AnnotationSupport.isAnnotated(found, Testable.class));
	}

}
