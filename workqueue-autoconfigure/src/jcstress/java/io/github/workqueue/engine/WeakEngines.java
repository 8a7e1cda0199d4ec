package io.github.workqueue.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.util.TestLineWriter;

/**
 * A jar for jcstress: the weak engines with copies of their tests, and a list of these
 * beside the tests themselves. What a test forbids is interesting in a copy.
 */
final class WeakEngines {

	private final StringBuilder list = new StringBuilder();

	static void write(Path jar) throws IOException {
		new WeakEngines().writeTo(jar);
	}

	private void writeTo(Path jar) throws IOException {
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			for (String test : TestList.tests()) {
				TestInfo info = TestList.getInfo(test);
				add(info, info.name(), info.generatedRunner(), Expect.FORBIDDEN);
			}
			for (Weakness weakness : Weakness.ALL) {
				Class<?> runner = weakness.runner();
				weakness.engine().write(runner, out);
				add(weakness.info(), weakness.name(), weakness.engine().nameOf(runner), Expect.ACCEPTABLE_INTERESTING);
			}
			out.putNextEntry(new JarEntry(TestList.LIST.substring(1)));
			out.write(this.list.toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	private void add(TestInfo test, String name, String runner, Expect forbidden) {
		TestLineWriter line = new TestLineWriter();
		line.put(name);
		line.put(name);
		line.put(runner);
		line.put(test.description());
		line.put(test.threads());
		test.actorNames().forEach(line::put);
		line.put(test.requiresFork());
		line.put(test.cases().size() + 1);
		test.cases().forEach((outcome) -> put(line, outcome, outcome.matchPattern(), forbidden));
		put(line, test.unmatched(), "", forbidden);
		line.put(0);
		this.list.append(line.get()).append('\n');
	}

	private static void put(TestLineWriter line, StateCase outcome, String pattern, Expect forbidden) {
		Expect expect = (outcome.expect() != Expect.FORBIDDEN) ? outcome.expect() : forbidden;
		line.put(expect.ordinal());
		line.put(outcome.description());
		line.put(1);
		line.put(pattern);
	}

}
