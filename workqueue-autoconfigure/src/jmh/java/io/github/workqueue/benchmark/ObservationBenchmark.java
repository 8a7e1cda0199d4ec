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
 * P10: what an execution costs with somebody who watches it. One worker runs a task that
 * submits itself again, so nothing but executions is timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class ObservationBenchmark {

	private static final int RUNS = 100_000;

	@Param
	Observer observer;

	private volatile boolean ended;

	/** The worker's. */
	private int left;

	private Observer.Observed observed;

	@Setup
	public void start() {
		this.observed = this.observer.observe(this::step);
	}

	private void step() {
		if (--this.left > 0) {
			this.observed.submit();
		}
		else {
			this.ended = true;
		}
	}

	@TearDown
	public void stop() {
		this.observed.close();
	}

	@Benchmark
	@OperationsPerInvocation(RUNS)
	public void executions() {
		this.left = RUNS;
		this.ended = false;
		this.observed.submit();
		while (!this.ended) {
			Thread.onSpinWait();
		}
	}

}
