package io.github.workqueue.benchmark;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.workqueue.WorkItem;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * P1: the queue call of an item that is pending already. No peer coalesces; the yardstick
 * is the flag that users write by hand in front of an executor.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class CoalescedQueueBenchmark {

	private final AtomicBoolean flag = new AtomicBoolean(true);

	private WorkqueueEngine engine;

	private WorkItem pending;

	@Setup
	public void start() {
		this.engine = WorkqueueEngine.start(EngineSettings.builder().held(true).build());
		this.pending = this.engine.initWork("pending", (work) -> {
		});
		this.pending.schedule();
	}

	@TearDown
	public void stop() {
		this.engine.close();
	}

	@Benchmark
	@Threads(1)
	public boolean workqueue() {
		return this.pending.schedule();
	}

	@Benchmark
	@Threads(2)
	public boolean workqueueTwoProducers() {
		return this.pending.schedule();
	}

	@Benchmark
	@Threads(1)
	public boolean handMadeFlag() {
		return this.flag.compareAndSet(false, true);
	}

	@Benchmark
	@Threads(2)
	public boolean handMadeFlagTwoProducers() {
		return this.flag.compareAndSet(false, true);
	}

}
