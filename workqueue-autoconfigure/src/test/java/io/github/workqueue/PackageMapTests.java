package io.github.workqueue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The maps of the large packages show every class.
 */
class PackageMapTests {

	private static final Path SOURCES = Path.of("src/main/java/io/github/workqueue");

	@ParameterizedTest
	@ValueSource(strings = { "engine", "spring" })
	void everyClassIsOnTheMap(String name) throws IOException {
		Path directory = SOURCES.resolve(name);
		String text = Files.readString(directory.resolve("package-info.java"));
		String map = text.substring(text.indexOf("The map"), text.indexOf("</table>"));
		assertThat(classes(directory)).hasSizeGreaterThan(50)
			.allSatisfy((type) -> assertThat(map).containsPattern("\\b" + type + "\\b"));
	}

	private static List<String> classes(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString().replace(".java", ""))
				.filter((type) -> !type.equals("package-info"))
				.toList();
		}
	}

}
