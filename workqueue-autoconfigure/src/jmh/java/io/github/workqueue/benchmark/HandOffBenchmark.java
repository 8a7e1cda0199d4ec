package io.github.workqueue.benchmark;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * P4: an idle pool, from the queue call until the handler runs. After a pause the worker
 * sleeps; without one it may still be on its way there.
 */
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

	@Param("200")
	int pauseMicros;

	private volatile boolean ran;

	private Runnable submit;

	private Runner runner;

	@Setup
	public void start() {
		this.runner = this.subject.start(1);
		this.submit = this.runner.prepare(new Runnable[] { () -> this.ran = true });
	}

	@Setup(Level.Invocation)
	public void pause() {
		if (this.pauseMicros > 0) {
			LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(this.pauseMicros));
		}
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
