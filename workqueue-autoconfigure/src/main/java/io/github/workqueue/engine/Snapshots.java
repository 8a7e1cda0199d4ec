package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.workqueue.snapshot.EngineSnapshot;
import io.github.workqueue.snapshot.RescuerSnapshot;
import io.github.workqueue.snapshot.StallSnapshot;
import io.github.workqueue.snapshot.TimerSnapshot;
import io.github.workqueue.snapshot.WaitingItem;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkSnapshot.State;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.snapshot.WorkqueueDetails;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueStats;

/**
 * Reads the engine once, into records. What threads do is looked up after the locks were
 * released, once for all that an answer says of it, and stacks are taken last: they may
 * show what the worker did next.
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
		return queue(queue, sum, delayed(queue));
	}

	/** A queue and its works, from one reading of the pools and one of the timers. */
	WorkqueueDetails details(EngineWorkqueue queue, int limit) {
		QueueWorks works = read(queue, limit);
		List<WorkSnapshot> delayed = delayedWorks(queue, works.now);
		Stream<WorkSnapshot> running = look(works.busy().stream().limit(limit).toList()).stream()
			.map(SeenWorker::toWork);
		Stream<WorkSnapshot> pending = works.waiting().stream().map(WaitingWork::toWork);
		List<WorkSnapshot> all = Stream.of(running, pending, delayed.stream())
			.flatMap(Function.identity())
			.limit(limit)
			.toList();
		return new WorkqueueDetails(queue(queue, works.totals, delayed.size()), all);
	}

	private QueueWorks read(EngineWorkqueue queue, int limit) {
		QueueWorks works = new QueueWorks(this.engine.time.nanoTime(), limit);
		for (QueueLink link : queue.links()) {
			link.pool.items.collect(link, works);
		}
		return works;
	}

	/** What waits of one work, and then what is delayed of it. */
	List<WaitingItem> waiting(EngineWorkqueue queue, String work) {
		List<EngineWorkItem> items = new ArrayList<>();
		read(queue, Integer.MAX_VALUE).waiting().forEach((waiting) -> items.add(waiting.item()));
		this.engine.timers.forEach((item) -> {
			if (item.target() == queue) {
				items.add(item);
			}
		});
		return items.stream()
			.filter((item) -> item.name().equals(work))
			.map((item) -> new WaitingItem(item, item.key(), item.definition.isTask()))
			.toList();
	}

	private List<SeenWorker> look(List<BusyWorker> workers) {
		return SeenWorker.look(workers, this.engine.probe);
	}

	private WorkqueueSnapshot queue(EngineWorkqueue queue, QueueTotals sum, long delayed) {
		QueueRules rules = queue.rules();
		return new WorkqueueSnapshot(queue.name(), this.engine.aliasesOf(queue), queue.flags(), queue.isOrdered(),
				queue.state(), queue.maxActive(), rules.hasMinActive() ? queue.minActive() : null, sum.pending,
				sum.inactive, sum.running, delayed, stats(queue, sum));
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

	private List<WorkSnapshot> delayedWorks(EngineWorkqueue queue, long now) {
		List<WorkSnapshot> works = new ArrayList<>();
		this.engine.timers.forEach((item) -> {
			if (item.target() == queue) {
				Duration dueIn = Duration.ofNanos(Math.max(0, item.dueAt - now));
				works.add(new WorkSnapshot(item.name(), State.DELAYED, null, dueIn, null, null, List.of(), item.key()));
			}
		});
		works.sort(Comparator.comparing((work) -> Objects.requireNonNull(work.dueIn())));
		return works;
	}

	List<TimerSnapshot> timers(int limit) {
		long now = this.engine.time.nanoTime();
		List<TimerSnapshot> timers = new ArrayList<>();
		this.engine.timers.forEach((item) -> {
			Duration dueIn = Duration.ofNanos(Math.max(0, item.dueAt - now));
			timers.add(new TimerSnapshot(item.target().name(), item.name(), dueIn, item.key()));
		});
		return timers.stream().sorted(Comparator.comparing(TimerSnapshot::dueIn)).limit(limit).toList();
	}

	List<WorkerPoolSnapshot> pools() {
		return this.engine.pools().stream().filter(Snapshots::isUsable).map(this::pool).toList();
	}

	/** Pools of virtual threads are only shown where there are such. */
	private static boolean isUsable(WorkerPool pool) {
		return pool.kind != WorkerPool.Kind.VIRTUAL || WorkerThreads.hasVirtual();
	}

	WorkerPoolSnapshot pool(WorkerPool pool) {
		PoolWorks works = pool.items.works(this.engine.time.nanoTime());
		List<SeenWorker> seen = look(works.busy());
		List<WorkerSnapshot> busy = seen.stream().map(SeenWorker::toWorker).toList();
		boolean unbound = pool.cpu < 0;
		return new WorkerPoolSnapshot(pool.id, unbound ? null : pool.cpu, pool.nice(), unbound, works.workers(),
				works.idle(), unbound ? seen.size() : running(works, seen), works.pending(), busy);
	}

	/**
	 * The workers that are counted now, or would be if somebody had looked: nobody looks
	 * while nothing waits.
	 */
	private static int running(PoolWorks works, List<SeenWorker> seen) {
		return works.between() + (int) seen.stream().filter(SeenWorker::isRunning).count();
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
			EngineWorkItem waiting = pool.items.firstWaiting();
			if (waiting != null) {
				addStall(stalls, pool, waiting, now);
			}
		}
		return stalls;
	}

	private void addStall(List<StallSnapshot> stalls, WorkerPool pool, EngineWorkItem waiting, long now) {
		long stuck = Math.max(0, pool.items.nanosWithoutProgress(now));
		boolean missing = pool.items.missesWorker() && !isRescued(pool);
		if (missing || this.engine.watchdog.isStalled(stuck)) {
			stalls.add(stall(pool, waiting, now, stuck, missing));
		}
	}

	/** Whether a rescuer works in the pool. */
	private boolean isRescued(WorkerPool pool) {
		List<BusyWorker> busy = pool.items.works(this.engine.time.nanoTime()).busy();
		return busy.stream().anyMatch((one) -> one.worker().rescuer);
	}

	private StallSnapshot stall(WorkerPool pool, EngineWorkItem waiting, long now, long stuck, boolean missing) {
		BusyWorker oldest = pool.items.works(now).busy().stream().findFirst().orElse(null);
		String reason = missing ? "no worker can be made and no rescuer helps" : "items wait and none starts";
		String waits = waiting.name();
		if (oldest != null) {
			return new StallSnapshot(pool.id, reason, oldest.queue(), oldest.item().name(), oldest.worker().name, waits,
					Duration.ofNanos(stuck));
		}
		QueueLink link = waiting.link;
		return new StallSnapshot(pool.id, reason, (link != null) ? link.queue.name() : null, waits, null, waits,
				Duration.ofNanos(stuck));
	}

}
