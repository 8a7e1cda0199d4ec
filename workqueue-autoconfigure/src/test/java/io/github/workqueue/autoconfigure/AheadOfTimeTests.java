package io.github.workqueue.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time, compiles what is generated, and runs it in a
 * JVM of its own: the same beans and handlers as without.
 */
class AheadOfTimeTests {

	private static final String RESULT = "[at start, Order[id=1], ship 2, [key], work 'commit', task, generated: true,"
			+ " io.github.workqueue.autoconfigure.AheadOfTimeApplication$Handlers.atStart commit, mine,"
			+ " media [UNBOUND], pools: true, UP]";

	@TempDir
	private Path folder;

	@Test
	void runsWithTheSameBeansAndHandlers() throws Exception {
		String path = System.getProperty("java.class.path");
		Path sources = this.folder.resolve("sources");
		Path classes = this.folder.resolve("classes");
		run(path, SpringApplicationAotProcessor.class.getName(), AheadOfTimeApplication.class.getName(),
				sources.toString(), classes.toString(), classes.toString(), "test", "test");
		compile(sources, classes, path);
		assertThat(run(classes + File.pathSeparator + path, AheadOfTimeApplication.class.getName())).contains(RESULT);
	}

	private static void compile(Path sources, Path classes, String path) throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-cp", classes + File.pathSeparator + path, "-d", classes.toString()));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	private static String run(String path, String main, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Dspring.aot.enabled=" + (arguments.length == 0), "-cp", path, main));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}
