package io.github.workqueue.benchmark;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.engine.WorkqueueEngine;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
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

/**
 * P5: arming and cancelling a timer, and moving an armed one, while others are armed. The
 * peers have no move: cancel and schedule are their way to do it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xmx4g", "-Xms4g" })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerBenchmark {

	private static final Duration DELAY = Duration.ofSeconds(100);

	private static final Runnable NOTHING = () -> {
	};

	/** The engine and its items. */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class Engine {

		@Param({ "0", "100000", "1000000" })
		int others;

		WorkqueueEngine engine;

		DelayedWorkItem item;

		DelayedWorkItem armed;

		@Setup
		public void start() {
			this.engine = WorkqueueEngine.start();
			this.item = make();
			this.armed = make();
			this.armed.schedule(DELAY);
			for (int i = 0; i < this.others; i++) {
				make().schedule(Duration.ofHours(1).plusMillis(i));
			}
		}

		private DelayedWorkItem make() {
			return this.engine.initDelayedWork("timer", (work) -> {
			});
		}

		@TearDown
		public void stop() {
			this.engine.close();
		}

	}

	/** The JDK's executor with its tasks. */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class Executor {

		@Param({ "0", "100000", "1000000" })
		int others;

		ScheduledThreadPoolExecutor executor;

		ScheduledFuture<?> armed;

		@Setup
		public void start() {
			this.executor = new ScheduledThreadPoolExecutor(1);
			this.executor.setRemoveOnCancelPolicy(true);
			this.armed = schedule();
			for (int i = 0; i < this.others; i++) {
				this.executor.schedule(NOTHING, 3_600_000L + i, TimeUnit.MILLISECONDS);
			}
		}

		ScheduledFuture<?> schedule() {
			return this.executor.schedule(NOTHING, DELAY.toMillis(), TimeUnit.MILLISECONDS);
		}

		@TearDown
		public void stop() {
			this.executor.shutdownNow();
		}

	}

	/** Netty's wheel with its timeouts. */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class Wheel {

		@Param({ "0", "100000", "1000000" })
		int others;

		HashedWheelTimer timer;

		Timeout armed;

		@Setup
		public void start() {
			// it takes in 100,000 timeouts per tick, and keeps the others
			this.timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
			this.armed = schedule();
			for (int i = 0; i < this.others; i++) {
				this.timer.newTimeout((timeout) -> {
				}, 3_600_000L + i, TimeUnit.MILLISECONDS);
			}
		}

		Timeout schedule() {
			return this.timer.newTimeout((timeout) -> {
			}, DELAY.toMillis(), TimeUnit.MILLISECONDS);
		}

		@TearDown
		public void stop() {
			this.timer.stop();
		}

	}

	@Benchmark
	public boolean armAndCancelWorkqueue(Engine state) {
		state.item.schedule(DELAY);
		return state.item.cancel();
	}

	@Benchmark
	public boolean armAndCancelExecutor(Executor state) {
		return state.schedule().cancel(false);
	}

	@Benchmark
	public boolean moveWorkqueue(Engine state) {
		return state.armed.modify(DELAY);
	}

	@Benchmark
	public ScheduledFuture<?> moveExecutor(Executor state) {
		state.armed.cancel(false);
		state.armed = state.schedule();
		return state.armed;
	}

	@Benchmark
	public boolean armAndCancelWheel(Wheel state) {
		return state.schedule().cancel();
	}

	@Benchmark
	public Timeout moveWheel(Wheel state) {
		state.armed.cancel();
		state.armed = state.schedule();
		return state.armed;
	}

}
