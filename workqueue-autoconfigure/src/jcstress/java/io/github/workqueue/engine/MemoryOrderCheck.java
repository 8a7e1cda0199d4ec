package io.github.workqueue.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs every test on the engine, and once more on each engine that is too weak for it.
 * Fails if the engine shows a forbidden outcome, a weak one does not, or a test does not
 * run: a test that cannot fail proves nothing. A weak engine that has shown nothing is
 * run again, ever longer, since a busy machine lets threads meet rarely.
 * <p>
 * Arguments are jcstress's; without any, it is over in a minute or two on an idle
 * machine.
 */
final class MemoryOrderCheck {

	/** Lets the second compiler begin at once, and order what it may as it likes. */
	private static final String COMPILER = "-XX:-TieredCompilation -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM";

	private static final int ATTEMPTS = 4;

	private final Path directory = Path.of("target", "jcstress").toAbsolutePath();

	private final Path weakEngines = this.directory.resolve("weak-engines.jar");

	private final List<String> args;

	/** Whether the caller has named tests: then what did not run is not missed. */
	private final boolean selective;

	private final List<String> failures = new ArrayList<>();

	private final InProcessCollector results = new InProcessCollector();

	private MemoryOrderCheck(List<String> args) {
		this.args = args;
		this.selective = args.contains("-t");
	}

	/** Ends with 1 if something is not as promised. */
	public static void main(String[] args) throws Exception {
		System.exit(new MemoryOrderCheck(List.of(args)).isPassed() ? 0 : 1);
	}

	private boolean isPassed() throws Exception {
		Files.createDirectories(this.directory);
		WeakEngines.write(this.weakEngines);
		run(args(1));
		for (int attempt = 2; attempt <= ATTEMPTS && !this.selective && !silent().isEmpty(); attempt++) {
			List<String> again = new ArrayList<>(args(attempt));
			again.add("-t");
			again.add(silent().stream().map(Weakness::name).collect(Collectors.joining("|", "(", ")")));
			run(again);
		}
		report();
		return this.failures.isEmpty();
	}

	private List<String> args(int attempt) {
		return !this.args.isEmpty() ? this.args : List.of("-sc", "false", "-f", "1", "-fsm", String.valueOf(attempt),
				"-iters", "2", "-time", String.valueOf(500 * attempt), "-jvmArgs", COMPILER);
	}

	/** Runs jcstress in a process of its own, since that looks into its class path. */
	private void run(List<String> args) throws Exception {
		removeResults();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-classpath",
						this.weakEngines + File.pathSeparator + System.getProperty("java.class.path"),
						Main.class.getName(), "-r", "report"));
		command.addAll(args);
		int exit = new ProcessBuilder(command).directory(this.directory.toFile()).inheritIO().start().waitFor();
		if (exit != 0) {
			this.failures.add("jcstress ended with " + exit);
		}
		collect();
	}

	private void removeResults() throws IOException {
		for (Path file : resultFiles()) {
			Files.delete(file);
		}
	}

	private void collect() throws IOException, ClassNotFoundException {
		for (Path file : resultFiles()) {
			DiskReadCollector reader = new DiskReadCollector(file.toString(), this.results);
			reader.dump();
			reader.close();
		}
	}

	private List<Path> resultFiles() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(".bin.gz")).toList();
		}
	}

	/** The weak engines that have shown nothing yet. */
	private List<Weakness> silent() {
		return Weakness.ALL.stream().filter((weakness) -> forbidden(weakness.name(), weakness.info()) == 0).toList();
	}

	private void report() {
		for (String test : TestList.tests()) {
			long forbidden = forbidden(test, TestList.getInfo(test));
			say(test, "", forbidden, forbidden == 0);
		}
		for (Weakness weakness : Weakness.ALL) {
			long forbidden = forbidden(weakness.name(), weakness.info());
			say(weakness.name(), weakness.test().getSimpleName() + ", " + weakness.what() + ": ", forbidden,
					forbidden > 0);
		}
		this.failures.forEach(System.out::println);
	}

	private void say(String name, String what, long forbidden, boolean right) {
		String text = what + (what.isEmpty() ? name.substring(name.lastIndexOf('.') + 1) + ": " : "") + forbidden
				+ " forbidden of " + of(name).stream().mapToLong(TestResult::getTotalCount).sum();
		System.out.println(text);
		if (of(name).isEmpty() ? !this.selective : !right) {
			this.failures.add("wrong: " + text);
		}
		of(name).stream()
			.filter((result) -> result.status() != Status.NORMAL)
			.forEach((result) -> this.failures.add(name + ": " + result.status() + ' ' + result.getMessages()));
	}

	private Collection<TestResult> of(String name) {
		return this.results.getTestResults().stream().filter((result) -> result.getName().equals(name)).toList();
	}

	private long forbidden(String name, TestInfo test) {
		return of(name).stream()
			.flatMapToLong((result) -> result.getStateKeys()
				.stream()
				.filter((outcome) -> expect(test, outcome) == Expect.FORBIDDEN)
				.mapToLong(result::getCount))
			.sum();
	}

	private static Expect expect(TestInfo test, String outcome) {
		return test.cases()
			.stream()
			.filter((known) -> known.matches(outcome))
			.findFirst()
			.map(StateCase::expect)
			.orElse(test.unmatched().expect());
	}

}
