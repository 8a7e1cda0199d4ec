package io.github.workqueue.benchmark;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import io.netty.util.HashedWheelTimer;

/**
 * Somebody who has timers, and a pool of threads that runs what is due, and other work.
 */
enum TimerSubject {

	SYSTEM_WQ("system_wq") {

		@Override
		Timers start(int threads) {
			return new EngineTimers(WorkqueueEngine.start(EngineSettings.builder().cpus(threads).build()));
		}

	},

	EXECUTOR("ScheduledThreadPoolExecutor") {

		@Override
		Timers start(int threads) {
			return new ExecutorTimers(new ScheduledThreadPoolExecutor(threads));
		}

	},

	WHEEL("HashedWheelTimer, 1 ms") {

		@Override
		Timers start(int threads) {
			ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(threads);
			return new WheelTimers(pool, new HashedWheelTimer(Executors.defaultThreadFactory(), 1,
					TimeUnit.MILLISECONDS, 512, true, -1, pool));
		}

	};

	private final String title;

	TimerSubject(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	abstract Timers start(int threads);

	/** A subject that was started. */
	interface Timers extends AutoCloseable {

		void execute(Runnable task);

		/** Returns what arms a timer. */
		Runnable prepare(Runnable task, long delayNanos);

		@Override
		void close();

	}

	private record EngineTimers(WorkqueueEngine engine) implements Timers {

		@Override
		public void execute(Runnable task) {
			WorkItem item = this.engine.initWork("load", (work) -> task.run());
			item.schedule();
		}

		@Override
		public Runnable prepare(Runnable task, long delayNanos) {
			DelayedWorkItem item = this.engine.initDelayedWork("timer", (work) -> task.run());
			return () -> item.schedule(Duration.ofNanos(delayNanos));
		}

		@Override
		public void close() {
			this.engine.close();
		}

	}

	private record ExecutorTimers(ScheduledThreadPoolExecutor executor) implements Timers {

		@Override
		public void execute(Runnable task) {
			this.executor.execute(task);
		}

		@Override
		public Runnable prepare(Runnable task, long delayNanos) {
			return () -> this.executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
		}

		@Override
		public void close() {
			this.executor.shutdownNow();
		}

	}

	private record WheelTimers(ThreadPoolExecutor pool, HashedWheelTimer timer) implements Timers {

		@Override
		public void execute(Runnable task) {
			this.pool.execute(task);
		}

		@Override
		public Runnable prepare(Runnable task, long delayNanos) {
			return () -> this.timer.newTimeout((timeout) -> task.run(), delayNanos, TimeUnit.NANOSECONDS);
		}

		@Override
		public void close() {
			this.timer.stop();
			this.pool.shutdownNow();
		}

	}

}
