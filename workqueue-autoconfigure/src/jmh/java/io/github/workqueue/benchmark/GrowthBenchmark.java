package io.github.workqueue.benchmark;

import java.util.concurrent.TimeUnit;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
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
 * P11: the same operations among ever more queues and pending keys. Timers grow in
 * {@link TimerBenchmark}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xms2g", "-Xmx2g" })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GrowthBenchmark {

	private static final int BURST = 10_000;

	private static final int KEYS = 1000;

	/** A burst that is spread over queues. */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class Queues {

		@Param({ "1", "100", "1000", "10000" })
		int queues;

		private Runner runner;

		private Burst burst;

		@Setup
		public void start() {
			this.runner = Subject.SYSTEM_WQ.start(Runtime.getRuntime().availableProcessors());
			this.burst = new Burst(this.runner, BURST, 1, this.queues, false);
		}

		@TearDown
		public void stop() {
			this.burst.close();
			this.runner.close();
		}

	}

	/** Keys beside others that are pending. */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class Keys {

		@Param({ "0", "1000", "1000000" })
		int others;

		private final Integer[] keys = new Integer[KEYS];

		private WorkqueueEngine engine;

		private KeyedWork<Integer> work;

		@Setup
		public void start() {
			this.engine = WorkqueueEngine.start(EngineSettings.builder().held(true).build());
			this.work = this.engine.initKeyedWork("keyed", this.engine.get("system_wq"), (key) -> {
			});
			for (int i = 0; i < this.others; i++) {
				this.work.schedule(KEYS + i);
			}
			for (int i = 0; i < KEYS; i++) {
				this.keys[i] = i;
			}
		}

		@TearDown
		public void stop() {
			this.work = null;
			this.engine.close();
		}

	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void burstOverQueues(Queues state) {
		state.burst.run();
	}

	@Benchmark
	@OperationsPerInvocation(KEYS)
	public void scheduleAndCancelKey(Keys state) {
		for (Integer key : state.keys) {
			state.work.schedule(key);
			state.work.cancel(key);
		}
	}

}
