package io.github.workqueue.autoconfigure;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of the page about configuration name exactly the keys that are read.
 */
class ReadmeConfigurationTests {

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	@Test
	void namesTheKeysOfTheEngine() throws IOException {
		assertThat(documented("| key under `workqueue` |"))
			.containsExactlyInAnyOrderElementsOf(keys(WorkqueueProperties.class, ""));
	}

	@Test
	void namesTheKeysOfAQueue() throws IOException {
		assertThat(documented("| key under `workqueue.queues.NAME` |"))
			.containsExactlyInAnyOrderElementsOf(keys(WorkqueueProperties.Queue.class, ""));
	}

	/** The first column of the table with this head. */
	private static List<String> documented(String head) throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("..", ".github", "configuration.md"))) {
			return lines.dropWhile((line) -> !line.startsWith(head))
				.skip(2)
				.takeWhile((line) -> line.startsWith("|"))
				.map((row) -> row.split("\\|")[1])
				.flatMap((cell) -> CODE.matcher(cell).results().map((code) -> code.group(1)))
				.toList();
		}
	}

	private static List<String> keys(Class<?> type, String prefix) {
		return Stream.of(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> !property.getName().equals("class"))
			.filter((property) -> !Map.class.isAssignableFrom(property.getPropertyType()))
			.flatMap((property) -> keys(property, prefix + dashed(property.getName())))
			.toList();
	}

	private static Stream<String> keys(PropertyDescriptor property, String key) {
		boolean nested = property.getPropertyType().getEnclosingClass() == WorkqueueProperties.class
				&& property.getWriteMethod() == null;
		return nested ? keys(property.getPropertyType(), key + ".").stream() : Stream.of(key);
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
