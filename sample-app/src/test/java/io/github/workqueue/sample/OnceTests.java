package io.github.workqueue.sample;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the application in a JVM of its own, to the end. */
class OnceTests {

	@TempDir
	Path root;

	@TempDir
	Path temporary;

	@Test
	void printsASummaryAndSucceeds() throws Exception {
		Files.writeString(this.root.resolve("one.txt"), "a\nb\n");
		Files.writeString(Files.createDirectories(this.root.resolve("src")).resolve("two.txt"), "c\n");
		Files.write(this.root.resolve("picture.png"), new byte[3]);
		Files.writeString(this.root.resolve("huge.txt"), "x".repeat(20_000));
		Run run = run("--sample.root=" + this.root, "--sample.max-file-size=10KB");
		assertThat(run.output()).contains("Indexed " + this.root.toRealPath())
			.contains("files      2 (skipped: 1 binary, 1 too large)")
			.contains("bytes      6")
			.contains("lines      3")
			.contains("events     4 (4 found by scans, 0 watched, 0 overflows)")
			.contains("coalesced  ")
			.containsPattern("time       \\d+\\.\\d\\d s")
			.containsPattern("works      .*indexing 4")
			.contains("Skipped picture.png: binary")
			.contains("Skipped huge.txt: larger than sample.max-file-size")
			.doesNotContain("WARN", "ERROR", "Tomcat");
		assertThat(run.exitCode()).isZero();
		assertThat(this.temporary).isEmptyDirectory();
	}

	@Test
	void failsWithAClearMessageIfTheRootIsMissing() throws Exception {
		Path missing = this.root.resolve("missing");
		Run run = run("--sample.root=" + missing);
		assertThat(run.output()).contains("APPLICATION FAILED TO START")
			.contains("sample.root = '" + missing + "', does not exist")
			.contains("--sample.root=DIRECTORY")
			.doesNotContain("\tat ");
		assertThat(run.exitCode()).isNotZero();
		assertThat(this.temporary).isEmptyDirectory();
	}

	private Run run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), "-Djava.io.tmpdir=" + this.temporary,
						SampleApplication.class.getName(), "--sample.once=true"));
		command.addAll(List.of(arguments));
		File output = Files.createTempFile("sample-once", ".log").toFile();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
			return new Run(Files.readString(output.toPath(), StandardCharsets.UTF_8), process.exitValue());
		}
		finally {
			process.destroyForcibly();
			Files.delete(output.toPath());
		}
	}

	private record Run(String output, int exitCode) {
	}

}
