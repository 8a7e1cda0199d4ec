package io.github.workqueue.benchmark;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * P2, P3: bursts of distinct items, from the first queue call until the last has run, per
 * item.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xms4g", "-Xmx4g" })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class BurstBenchmark {

	/** Items of one invocation: as many bursts as that takes. */
	private static final int ITEMS = 1_000_000;

	@Param
	Subject subject;

	@Param({ "1000", "10000", "200000", "1000000" })
	int burst;

	@Param({ "1", "2", "8" })
	int producers;

	/** Over how many queues the items are spread; peers have one. */
	@Param("1")
	int queues;

	/** Whether tasks are made in the burst instead of once. */
	@Param("false")
	boolean fresh;

	/** 0 = one per processor. */
	@Param("0")
	int threads;

	private Runner runner;

	private Burst bursts;

	@Setup
	public void start() {
		this.runner = this.subject
			.start((this.threads > 0) ? this.threads : Runtime.getRuntime().availableProcessors());
		this.bursts = new Burst(this.runner, this.burst, this.producers, this.queues, this.fresh);
		growOld();
	}

	/** What lives long is old, for whom a collector makes writing references dearer. */
	private void growOld() {
		this.bursts.run();
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
	}

	@TearDown
	public void stop() {
		this.bursts.close();
		this.runner.close();
	}

	@Benchmark
	@OperationsPerInvocation(ITEMS)
	public void burst() {
		for (int done = 0; done < ITEMS; done += this.burst) {
			this.bursts.run();
		}
	}

}
