package io.github.workqueue.sample.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.github.workqueue.benchmark.ChildJvm;
import io.github.workqueue.sample.LoadedSample;
import io.github.workqueue.sample.Usage;
import io.github.workqueue.sample.Variant;

/** A variant of the sample in a JVM of its own. An error that it logs ends the run. */
final class LoadedJvm implements AutoCloseable {

	private final Process process;

	private final BufferedReader answers;

	private final Writer questions;

	private final List<String> errors = new ArrayList<>();

	private final int port;

	private LoadedJvm(Process process) throws IOException {
		this.process = process;
		this.answers = process.inputReader();
		this.questions = process.outputWriter();
		this.port = await((line) -> Optional.of(line)
			.filter((text) -> text.startsWith(LoadedSample.PORT))
			.map((text) -> Integer.parseInt(text.substring(LoadedSample.PORT.length()))));
	}

	/**
	 * Starts it. It looks at the whole tree only once, so that no file is indexed but for
	 * an event.
	 */
	static LoadedJvm start(Variant variant, Path root, Path journal) throws IOException {
		return new LoadedJvm(ChildJvm.like("-Xmx1g", "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"))
			.start(LoadedSample.class, variant.name(), "--server.port=0", "--sample.rescan=1h", "--sample.root=" + root,
					"--sample.journal=" + journal));
	}

	int port() {
		return this.port;
	}

	Usage usage() throws IOException {
		this.questions.write(System.lineSeparator());
		this.questions.flush();
		return await(Usage::parse);
	}

	private <T> T await(Function<String, Optional<T>> meaning) throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			Optional<T> answer = meaning.apply(line);
			if (answer.isPresent()) {
				check();
				return answer.get();
			}
			note(line);
		}
		check();
		throw new IllegalStateException("The sample has ended");
	}

	/** Keeps an error and what follows it. */
	private void note(String line) {
		if (line.contains(" ERROR ") || !this.errors.isEmpty()) {
			this.errors.add(line);
		}
	}

	private void check() {
		if (!this.errors.isEmpty()) {
			throw new IllegalStateException("The sample logged:\n" + String.join("\n", this.errors));
		}
	}

	@Override
	public void close() throws IOException {
		this.questions.close();
		this.answers.lines().forEach(this::note);
		this.process.onExit().join();
		check();
	}

}
