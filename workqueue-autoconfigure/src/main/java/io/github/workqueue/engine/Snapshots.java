package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.workqueue.snapshot.EngineSnapshot;
import io.github.workqueue.snapshot.RescuerSnapshot;
import io.github.workqueue.snapshot.StallSnapshot;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkSnapshot.State;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueStats;

/**
 * Reads the engine once, into records. Stacks are taken after the locks were released, so
 * they may show what the worker did next.
 */
final class Snapshots {

	private final WorkqueueEngine engine;

	Snapshots(WorkqueueEngine engine) {
		this.engine = engine;
	}

	EngineSnapshot engine() {
		List<WorkqueueSnapshot> queues = this.engine.queues().stream().map(this::queue).toList();
		return new EngineSnapshot(this.engine.cpus(), this.engine.isFrozen(), queues);
	}

	WorkqueueSnapshot queue(EngineWorkqueue queue) {
		QueueTotals sum = new QueueTotals();
		for (QueueLink link : queue.links()) {
			link.pool.items.addTotals(link, sum);
		}
		QueueRules rules = queue.rules();
		return new WorkqueueSnapshot(queue.name(), this.engine.aliasesOf(queue), queue.flags(), queue.isOrdered(),
				queue.state(), queue.maxActive(), rules.hasMinActive() ? queue.minActive() : null, sum.pending,
				sum.inactive, sum.running, delayed(queue), stats(queue, sum));
	}

	private long delayed(EngineWorkqueue queue) {
		long[] count = new long[1];
		this.engine.timers.forEach((item) -> count[0] += (item.target() == queue) ? 1 : 0);
		return count[0];
	}

	private static WorkqueueStats stats(EngineWorkqueue queue, QueueTotals sum) {
		return new WorkqueueStats(sum.adds, queue.coalesced(), sum.started, sum.completed, sum.failed, sum.retries,
				Duration.ofNanos(sum.cpuMicros * 1000), sum.cpuIntensive, sum.cmWakeup, 0, sum.mayday, sum.rescued);
	}

	List<WorkSnapshot> works(EngineWorkqueue queue, int limit) {
		long now = this.engine.time.nanoTime();
		List<BusyWorker> busy = new ArrayList<>();
		List<WorkSnapshot> pending = new ArrayList<>();
		for (QueueLink link : queue.links()) {
			link.pool.items.collect(link, now, busy, pending);
		}
		Stream<WorkSnapshot> running = busy.stream().map(BusyWorker::toWork);
		Comparator<WorkSnapshot> oldestFirst = Comparator.comparing(Snapshots::age, Comparator.reverseOrder());
		Stream<WorkSnapshot> known = Stream.concat(running.sorted(oldestFirst), pending.stream().sorted(oldestFirst));
		return Stream.concat(known, delayedWorks(queue, now).stream()).limit(limit).toList();
	}

	private static Duration age(WorkSnapshot work) {
		Duration age = work.age();
		return (age != null) ? age : Duration.ZERO;
	}

	private List<WorkSnapshot> delayedWorks(EngineWorkqueue queue, long now) {
		List<WorkSnapshot> works = new ArrayList<>();
		this.engine.timers.forEach((item) -> {
			if (item.target() == queue) {
				Duration dueIn = Duration.ofNanos(Math.max(0, item.dueAt - now));
				works.add(new WorkSnapshot(item.name(), State.DELAYED, null, dueIn, null, null, List.of(), item.key()));
			}
		});
		works.sort(Comparator.comparing((work) -> {
			Duration dueIn = work.dueIn();
			return (dueIn != null) ? dueIn : Duration.ZERO;
		}));
		return works;
	}

	List<WorkerPoolSnapshot> pools() {
		return this.engine.pools().stream().filter(Snapshots::isUsable).map(this::pool).toList();
	}

	/** Pools of virtual threads are only shown where there are such. */
	private static boolean isUsable(WorkerPool pool) {
		return pool.kind != WorkerPool.Kind.VIRTUAL || WorkerThreads.hasVirtual();
	}

	private WorkerPoolSnapshot pool(WorkerPool pool) {
		List<BusyWorker> busy = new ArrayList<>();
		PoolCounts counts = pool.items.counts(this.engine.time.nanoTime(), busy);
		List<WorkerSnapshot> workers = busy.stream().map(BusyWorker::toWorker).toList();
		boolean unbound = pool.cpu < 0;
		return new WorkerPoolSnapshot(pool.id, unbound ? null : pool.cpu, pool.nice(), unbound, counts.workers(),
				counts.idle(), pool.managed ? counts.running() : workers.size(), counts.pending(), workers);
	}

	List<RescuerSnapshot> rescuers() {
		List<RescuerSnapshot> found = new ArrayList<>();
		for (EngineWorkqueue queue : this.engine.queues()) {
			Rescuer rescuer = queue.rescuer();
			if (rescuer != null) {
				found.add(new RescuerSnapshot(queue.name(), rescuer.name, rescuer.isActive()));
			}
		}
		found.sort(Comparator.comparing(RescuerSnapshot::workqueue));
		return found;
	}

	List<StallSnapshot> stalls() {
		long now = this.engine.time.nanoTime();
		List<StallSnapshot> stalls = new ArrayList<>();
		for (WorkerPool pool : this.engine.pools()) {
			long stuck = pool.items.nanosWithoutProgress(now);
			boolean missing = stuck >= 0 && pool.items.missesWorker() && !isRescued(pool);
			if (missing || this.engine.watchdog.isStalled(stuck)) {
				stalls.add(stall(pool, now, stuck, missing));
			}
		}
		return stalls;
	}

	/** Whether a rescuer works in the pool. */
	private boolean isRescued(WorkerPool pool) {
		List<BusyWorker> busy = new ArrayList<>();
		pool.items.counts(this.engine.time.nanoTime(), busy);
		return busy.stream().anyMatch((one) -> one.worker().rescuer);
	}

	private StallSnapshot stall(WorkerPool pool, long now, long stuck, boolean missing) {
		List<BusyWorker> busy = new ArrayList<>();
		pool.items.counts(now, busy);
		BusyWorker oldest = busy.stream().max(Comparator.comparing(BusyWorker::age)).orElse(null);
		EngineWorkItem waiting = pool.items.firstWaiting();
		String reason = missing ? "no worker can be made and no rescuer helps" : "items wait and none starts";
		String waits = (waiting != null) ? waiting.name() : null;
		if (oldest != null) {
			return new StallSnapshot(pool.id, reason, oldest.queue(), oldest.item().name(), oldest.worker().name, waits,
					Duration.ofNanos(stuck));
		}
		QueueLink link = (waiting != null) ? waiting.link : null;
		return new StallSnapshot(pool.id, reason, (link != null) ? link.queue.name() : null, waits, null, waits,
				Duration.ofNanos(stuck));
	}

	/**
	 * The counters of a pool at one moment.
	 *
	 * @param workers all workers
	 * @param idle those that idle
	 * @param running counted and runnable ones
	 * @param pending items that wait for a worker
	 */
	record PoolCounts(int workers, int idle, int running, long pending) {
	}

}
