package io.github.workqueue.benchmark.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.benchmark.Effort;
import io.github.workqueue.benchmark.Sample;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** A run of JMH. A benchmark that fails is missing in its result. */
final class Jmh {

	private static final AtomicInteger runs = new AtomicInteger();

	private final String include;

	private final ChainedOptionsBuilder options;

	private Jmh(String include) {
		this.include = include;
		this.options = new OptionsBuilder().include(include).addProfiler(GCProfiler.class).output(log());
		if (Effort.QUICK) {
			this.options.warmupIterations(1)
				.measurementIterations(1)
				.warmupTime(TimeValue.milliseconds(100))
				.measurementTime(TimeValue.milliseconds(100));
		}
	}

	/** JMH's own output, which also says why a benchmark gave no figure. */
	private static String log() {
		return Report.DIRECTORY.resolve("jmh-%02d.log".formatted(runs.incrementAndGet())).toString();
	}

	/** Of those benchmarks of a class whose names match. */
	static Jmh of(Class<?> benchmark, String methods) {
		return new Jmh(benchmark.getName() + "\\.(" + methods + ")$");
	}

	/** With the values of a parameter, for all or in a quick run. */
	Jmh with(String parameter, List<?> full, List<?> quick) {
		this.options.param(parameter, Effort.of(full, quick).stream().map(Object::toString).toArray(String[]::new));
		return this;
	}

	List<Figure> run() throws RunnerException {
		Collection<RunResult> results = new Runner(this.options.build()).run();
		if (results.isEmpty()) {
			throw new IllegalStateException("no result of " + this.include);
		}
		List<Figure> figures = new ArrayList<>();
		results.forEach((result) -> figures.add(Figure.of(result)));
		return figures;
	}

	/**
	 * A result.
	 *
	 * @param benchmark name of the method
	 * @param parameters their values
	 * @param score mean
	 * @param p50 median of samples
	 * @param p99 of samples
	 * @param bytes allocated per operation
	 */
	record Figure(String benchmark, Map<String, String> parameters, double score, double p50, double p99,
			double bytes) {

		private static Figure of(RunResult result) {
			BenchmarkParams params = result.getParams();
			Map<String, String> values = new HashMap<>();
			params.getParamsKeys().forEach((key) -> values.put(key, params.getParam(key)));
			String name = params.getBenchmark();
			return new Figure(name.substring(name.lastIndexOf('.') + 1), values, result.getPrimaryResult().getScore(),
					result.getPrimaryResult().getStatistics().getPercentile(50),
					result.getPrimaryResult().getStatistics().getPercentile(99), bytes(result));
		}

		private static double bytes(RunResult result) {
			return result.getSecondaryResults()
				.entrySet()
				.stream()
				.filter((entry) -> entry.getKey().endsWith("gc.alloc.rate.norm"))
				.mapToDouble((entry) -> entry.getValue().getScore())
				.findFirst()
				.orElse(Double.NaN);
		}

		String parameter(String name) {
			return this.parameters.getOrDefault(name, "");
		}

		int number(String name) {
			return Integer.parseInt(parameter(name));
		}

		Sample sample(String measure, String what, String unit, String subject) {
			return new Sample(measure, what, unit, subject, this.score, this.bytes);
		}

	}

}
