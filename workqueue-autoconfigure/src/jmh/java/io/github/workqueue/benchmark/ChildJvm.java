package io.github.workqueue.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM like this one. */
public final class ChildJvm {

	private final String classPath;

	private final String[] options;

	/**
	 * Describes a JVM.
	 * @param options for the JVM
	 */
	public ChildJvm(String classPath, String... options) {
		this.classPath = classPath;
		this.options = options;
	}

	/** One with the class path of this one. */
	public static ChildJvm like(String... options) {
		return new ChildJvm(System.getProperty("java.class.path"), options);
	}

	/** Runs a main to its end; what it prints is returned, its errors are passed on. */
	public List<String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
		Process process = start(main, arguments);
		List<String> lines = new ArrayList<>();
		try (BufferedReader reader = process.inputReader()) {
			reader.lines().forEach(lines::add);
		}
		if (process.waitFor() != 0) {
			throw new IllegalStateException(main.getSimpleName() + " failed:\n" + String.join("\n", lines));
		}
		return lines;
	}

	/** Starts a main; its errors are passed on. */
	public Process start(Class<?> main, String... arguments) throws IOException {
		return new ProcessBuilder(command(main, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private List<String> command(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(this.options));
		command.add("-Djmh.quick=" + Effort.QUICK);
		command.addAll(List.of("-classpath", this.classPath, main.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

}
