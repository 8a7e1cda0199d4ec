package io.github.workqueue.benchmark;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** P4: an idle pool, from the queue call until the handler runs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class HandOffBenchmark {

	@Param
	Subject subject;

	private volatile boolean ran;

	private Runnable submit;

	private Subject.Runner runner;

	@Setup
	public void start() {
		this.runner = this.subject.start(1);
		this.submit = this.runner.prepare(() -> this.ran = true);
	}

	@TearDown
	public void stop() {
		this.runner.close();
	}

	@Benchmark
	public void handOff() {
		this.ran = false;
		this.submit.run();
		while (!this.ran) {
			Thread.onSpinWait();
		}
	}

}
