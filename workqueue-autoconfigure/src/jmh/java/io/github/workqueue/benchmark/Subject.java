package io.github.workqueue.benchmark;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Somebody who runs work: the engine's queues and their peers, of one size. Whoever is
 * made once per request by its users, such as a task, can be made once or per request.
 */
public enum Subject {

	SYSTEM_WQ("system_wq") {

		@Override
		Runner start(int threads) {
			return new WorkqueueRunner("system_wq", threads);
		}

	},

	SYSTEM_UNBOUND_WQ("system_unbound_wq") {

		@Override
		Runner start(int threads) {
			return new WorkqueueRunner("system_unbound_wq", threads);
		}

	},

	THREAD_POOL("ThreadPoolExecutor") {

		@Override
		Runner start(int threads) {
			ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS,
					new LinkedBlockingQueue<>());
			return new ExecutorRunner(pool, pool::shutdownNow);
		}

	},

	FORK_JOIN_POOL("ForkJoinPool async") {

		@Override
		Runner start(int threads) {
			ForkJoinPool pool = new ForkJoinPool(threads, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
			return new ExecutorRunner(pool, pool::shutdownNow);
		}

	},

	SPRING("ThreadPoolTaskExecutor") {

		@Override
		Runner start(int threads) {
			ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
			pool.setCorePoolSize(threads);
			pool.setMaxPoolSize(threads);
			pool.initialize();
			return new ExecutorRunner(pool, pool::shutdown);
		}

	},

	/** Since JDK 21. */
	VIRTUAL_THREADS("virtual threads") {

		@Override
		Runner start(int threads) {
			return new ExecutorRunner(VirtualThreads.executor(), () -> {
			});
		}

		@Override
		public boolean isAvailable() {
			return VirtualThreads.AVAILABLE;
		}

	},

	/** The limit: nothing but a queue and a thread that spins on it. */
	MPSC_HAND_OFF("JCTools MPSC, spinning") {

		@Override
		Runner start(int threads) {
			return new SpinningRunner();
		}

	};

	private final String title;

	Subject(String title) {
		this.title = title;
	}

	/** Its name in tables. */
	public String title() {
		return this.title;
	}

	/** Whether this JVM has it. */
	public boolean isAvailable() {
		return true;
	}

	abstract Runner start(int threads);

}
