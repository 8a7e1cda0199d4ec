package io.github.workqueue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every type that users write down shows how, in lines that are compiled here.
 */
class JavadocSamplesTests {

	private static final Pattern SAMPLE = Pattern.compile("<pre(?: class=\"code\">|>\\{@code)\n(.*?) \\* }?</pre>",
			Pattern.DOTALL);

	private static final Path MAIN = Path.of("src/main/java/io/github/workqueue");

	private static final Path TEST = Path.of("src/test/java/io/github/workqueue");

	/** For frameworks, or seen only as what another type gives. */
	private static final Set<String> WITHOUT = Set.of("FencingToken", "KeyedWorkControl", "ManagedHandler",
			"WorkExecution", "WorkItemFacade", "WorkRetryException", "WorkqueueFacade", "TimeSource");

	@ParameterizedTest
	@ValueSource(strings = { "", "annotation", "engine", "test" })
	void everyPublicTypeHasASample(String directory) throws IOException {
		List<String> without = new ArrayList<>();
		for (Path file : files(MAIN.resolve(directory))) {
			if (isPublic(file) && !SAMPLE.matcher(read(file)).find()) {
				without.add(name(file));
			}
		}
		assertThat(without).isSubsetOf(WITHOUT);
	}

	@ParameterizedTest
	@MethodSource("samples")
	void everySampleCompiles(String type, String sample) throws IOException {
		assertThat(sources()).as(type).anyMatch((source) -> source.contains(sample));
	}

	static Stream<Object[]> samples() throws IOException {
		List<Object[]> samples = new ArrayList<>();
		try (Stream<Path> files = Files.walk(MAIN)) {
			for (Path file : files.filter(JavadocSamplesTests::isPublic).toList()) {
				for (Matcher sample = SAMPLE.matcher(read(file)); sample.find();) {
					samples.add(new Object[] { name(file), lines(plain(sample.group(1))) });
				}
			}
		}
		return samples.stream();
	}

	private static String plain(String sample) {
		return sample.replaceAll("(?m)^ \\* ?", "")
			.replace("&#064;", "@")
			.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&amp;", "&");
	}

	private static boolean isPublic(Path file) {
		String name = name(file);
		return file.toString().endsWith(".java")
				&& Pattern.compile("^public [^;]*\\b" + name + "\\b", Pattern.MULTILINE).matcher(read(file)).find();
	}

	private static String name(Path file) {
		return file.getFileName().toString().replace(".java", "");
	}

	private static List<String> sources() throws IOException {
		List<Path> files = new ArrayList<>(files(TEST.resolve("samples")));
		files.addAll(files(TEST.resolve("readme")));
		return files.stream().map(JavadocSamplesTests::read).map(JavadocSamplesTests::lines).toList();
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	/** Without indentation, which may differ. */
	private static String lines(String text) {
		return text.lines().map(String::strip).collect(Collectors.joining("\n"));
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
