package io.github.workqueue.engine;

import java.util.List;

/**
 * Which of a queue's pools an item goes to: that of the CPU asked for; else the worker's
 * own or a shard of the calling thread, unless it is busy and another CPU is quiet or has
 * less to do. An item that the queue runs elsewhere follows there, and so never runs
 * beside itself. BH queues keep to the shard, for the order's sake.
 */
final class PoolChoice {

	/** How many other CPUs a request looks at. */
	private static final int PROBES = 4;

	private final EngineWorkqueue queue;

	/** By CPU, or one. Not read from the links, which workers write all the time. */
	private final WorkerPool[] pools;

	PoolChoice(EngineWorkqueue queue, List<WorkerPool> pools) {
		this.queue = queue;
		this.pools = pools.toArray(WorkerPool[]::new);
	}

	WorkerPool poolFor(EngineWorkItem item, int cpu) {
		WorkerPool pool = poolOf(cpu);
		if (item.isScattered()) {
			return poolThatExecutes(item, pool);
		}
		Worker runner = item.runner();
		if (runner != null && runner.pool != pool && !this.queue.isOrdered()
				&& runner.pool.items.executes(runner, item, this.queue)) {
			return runner.pool;
		}
		return pool;
	}

	private WorkerPool poolThatExecutes(EngineWorkItem item, WorkerPool otherwise) {
		for (WorkerPool pool : this.pools) {
			if (pool.items.executes(item, this.queue)) {
				return pool;
			}
		}
		return otherwise;
	}

	private WorkerPool poolOf(int cpu) {
		if (this.pools.length == 1) {
			return this.pools[0];
		}
		return (cpu != EngineWorkqueue.ANY_CPU) ? this.pools[cpu] : nearPool();
	}

	private WorkerPool nearPool() {
		int near = nearCpu();
		WorkerPool best = this.pools[near];
		if (best.isQuiet() || best.kind == WorkerPool.Kind.BH) {
			return best;
		}
		int least = best.backlog();
		for (int i = 1; i <= PROBES && i < this.pools.length; i++) {
			WorkerPool other = this.pools[(near + i) % this.pools.length];
			int backlog = other.backlog();
			if (other.isQuiet()) {
				return other;
			}
			if (backlog + 1 < least) {
				best = other;
				least = backlog;
			}
		}
		return best;
	}

	private int nearCpu() {
		Worker worker = Worker.current();
		if (worker != null && worker.pool.engine == this.queue.engine && worker.pool.cpu >= 0) {
			return worker.pool.cpu;
		}
		long mixed = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L;
		return (int) ((mixed >>> 33) % this.pools.length);
	}

}
