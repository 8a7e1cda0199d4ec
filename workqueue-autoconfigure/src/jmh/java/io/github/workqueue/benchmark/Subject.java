package io.github.workqueue.benchmark;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;

/**
 * Somebody who runs work: the engine's queues and their peers, of one size. Work is
 * prepared once and submitted again and again.
 */
public enum Subject {

	SYSTEM_WQ {

		@Override
		Runner start(int threads) {
			return workqueue("system_wq", threads);
		}

	},

	SYSTEM_UNBOUND_WQ {

		@Override
		Runner start(int threads) {
			return workqueue("system_unbound_wq", threads);
		}

	},

	THREAD_POOL {

		@Override
		Runner start(int threads) {
			return executor(Executors.newFixedThreadPool(threads));
		}

	},

	FORK_JOIN_POOL {

		@Override
		Runner start(int threads) {
			return executor(new ForkJoinPool(threads, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true));
		}

	};

	abstract Runner start(int threads);

	private static Runner workqueue(String name, int threads) {
		WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder().cpus(threads).build());
		Workqueue queue = engine.get(name);
		return new Runner() {

			@Override
			public Runnable prepare(Runnable body) {
				WorkItem item = engine.initWork("body", (work) -> body.run());
				return () -> queue.queue(item);
			}

			@Override
			public void close() {
				engine.close();
			}

		};
	}

	private static Runner executor(ExecutorService service) {
		Executor executor = service;
		return new Runner() {

			@Override
			public Runnable prepare(Runnable body) {
				return () -> executor.execute(body);
			}

			@Override
			public void close() {
				service.shutdownNow();
			}

		};
	}

	/** A subject that was started. */
	interface Runner extends AutoCloseable {

		/** Returns what submits the body once. */
		Runnable prepare(Runnable body);

		@Override
		void close();

	}

}
