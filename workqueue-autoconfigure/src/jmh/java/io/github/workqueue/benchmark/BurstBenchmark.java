package io.github.workqueue.benchmark;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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
 * P2: a burst of distinct items from one producer, from the first queue call until the
 * last has run, per item.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class BurstBenchmark {

	private static final int BURST = 10_000;

	@Param
	Subject subject;

	@Param({ "1", "2" })
	int threads;

	private final AtomicInteger left = new AtomicInteger();

	private final Runnable[] submits = new Runnable[BURST];

	private Subject.Runner runner;

	@Setup
	public void start() {
		this.runner = this.subject.start(this.threads);
		for (int i = 0; i < BURST; i++) {
			this.submits[i] = this.runner.prepare(this.left::decrementAndGet);
		}
	}

	@TearDown
	public void stop() {
		this.runner.close();
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void burst() {
		this.left.set(BURST);
		for (Runnable submit : this.submits) {
			submit.run();
		}
		while (this.left.get() != 0) {
			Thread.onSpinWait();
		}
	}

}
