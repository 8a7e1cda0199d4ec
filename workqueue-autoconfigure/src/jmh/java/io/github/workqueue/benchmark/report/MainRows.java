package io.github.workqueue.benchmark.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.workqueue.benchmark.ChildJvm;
import io.github.workqueue.benchmark.Sample;

/**
 * What a main measures in a JVM of its own.
 *
 * @param main the main
 * @param options of its JVM
 * @param goals the goal of each sample
 */
record MainRows(Class<?> main, List<String> options, Function<Sample, Goal> goals) implements Part {

	@Override
	public List<Row> measure() throws Exception {
		return Grouping.rows(samples(), this.goals);
	}

	List<Sample> samples() throws Exception {
		List<String> lines = ChildJvm.like(this.options.toArray(String[]::new)).run(this.main);
		List<Sample> samples = lines.stream().map(Sample::parse).flatMap(Optional::stream).toList();
		if (samples.isEmpty()) {
			throw new IllegalStateException(this.main.getSimpleName() + " measured nothing:\n" + lines);
		}
		return samples;
	}

	static MainRows of(Class<?> main, Function<Sample, Goal> goals, String... options) {
		return new MainRows(main, Stream.of(options).toList(), goals);
	}

}
