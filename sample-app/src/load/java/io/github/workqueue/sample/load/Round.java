package io.github.workqueue.sample.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.benchmark.Effort;
import io.github.workqueue.benchmark.Percentiles;
import io.github.workqueue.sample.Usage;

/** Loads on one sample. */
final class Round {

	private static final int SECONDS = Effort.of(10, 2);

	private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

	private final LoadedJvm sample;

	private final FileTree tree;

	private final SampleHttp http;

	Round(LoadedJvm sample, FileTree tree) {
		this.sample = sample;
		this.tree = tree;
		this.http = new SampleHttp(sample.port());
	}

	/** Waits until the sample has indexed the tree. */
	void awaitTree() throws IOException, InterruptedException {
		long start = System.nanoTime();
		while (this.http.status("lines") != this.tree.lines()) {
			patience(start, "the tree");
			TimeUnit.MILLISECONDS.sleep(100);
		}
		awaitQuiet();
	}

	/**
	 * Searches, saves after one second, and searches on.
	 * @return the figures
	 */
	Map<Figure, Double> run(Load load, Path staging) throws Exception {
		Saves saves = Saves.prepare(this.tree, load, staging);
		Findings findings = new Findings(saves);
		long events = this.http.status("watched");
		Usage before = this.sample.usage();
		Searches searches = Searches.start(this.http, findings, SECONDS);
		TimeUnit.SECONDS.sleep(1);
		saves.run();
		Percentiles search = new Percentiles(searches.await());
		awaitFound(findings);
		Usage after = awaitQuiet();
		check(events + load.saves(), this.http.status("watched"), "events");
		check(0, this.http.status("overflows"), "lost events");
		check(this.tree.lines(), this.http.status("lines"), "lines");
		Percentiles lag = new Percentiles(findings.lagMillis());
		Map<Figure, Double> figures = new LinkedHashMap<>();
		figures.put(new Figure("index lag, p50", "ms"), lag.of(50));
		figures.put(new Figure("index lag, p99", "ms"), lag.of(99));
		figures.put(new Figure("search, p50", "ms"), search.of(50));
		figures.put(new Figure("search, p99", "ms"), search.of(99));
		figures.put(new Figure("indexings", ""), (double) after.indexings() - before.indexings());
		figures.put(new Figure("CPU time", "s"), (after.cpuNanos() - before.cpuNanos()) / 1e9);
		figures.put(new Figure("peak heap", "MB"), after.heap() / 1e6);
		figures.put(new Figure("peak resident memory since the start", "MB"), after.memory() / 1e6);
		return figures;
	}

	private void awaitFound(Findings findings) throws IOException {
		long start = System.nanoTime();
		for (int i = 0; !findings.isComplete(); i++) {
			patience(start, "the saved files");
			findings.look(this.http, i);
		}
	}

	/** Waits until no file has been indexed for a second. */
	private Usage awaitQuiet() throws IOException, InterruptedException {
		Usage before = this.sample.usage();
		while (true) {
			TimeUnit.SECONDS.sleep(1);
			Usage now = this.sample.usage();
			if (now.indexings() == before.indexings()) {
				return now;
			}
			before = now;
		}
	}

	private static void patience(long start, String what) {
		if (System.nanoTime() - start > PATIENCE) {
			throw new IllegalStateException("The sample has not indexed %s for two minutes".formatted(what));
		}
	}

	private static void check(long expected, long actual, String what) {
		if (actual != expected) {
			throw new IllegalStateException("Expected %,d %s, but there are %,d".formatted(expected, what, actual));
		}
	}

	/**
	 * What is measured.
	 *
	 * @param what for people
	 * @param unit of the value
	 */
	record Figure(String what, String unit) {

	}

}
