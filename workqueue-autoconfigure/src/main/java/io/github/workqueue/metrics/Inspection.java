package io.github.workqueue.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueState;

/**
 * All queues and pools at one moment.
 *
 * @param queues the queues by their names, without destroyed ones
 * @param pools the pools by their numbers
 */
record Inspection(Map<String, WorkqueueSnapshot> queues, Map<Integer, WorkerPoolSnapshot> pools) {

	static Inspection of(WorkqueueInspector inspector) {
		Map<String, WorkqueueSnapshot> queues = inspector.inspect()
			.workqueues()
			.stream()
			.filter((queue) -> queue.state() != WorkqueueState.DESTROYED)
			.collect(Collectors.toUnmodifiableMap(WorkqueueSnapshot::name, Function.identity()));
		Map<Integer, WorkerPoolSnapshot> pools = inspector.inspectPools()
			.stream()
			.collect(Collectors.toUnmodifiableMap(WorkerPoolSnapshot::id, Function.identity()));
		return new Inspection(queues, pools);
	}

	/** Returns the nanoseconds that each execution of the queue has taken so far. */
	Stream<Long> ages(String queue) {
		return this.pools.values()
			.stream()
			.flatMap((pool) -> pool.busy().stream())
			.filter((worker) -> worker.workqueue().equals(queue))
			.map(WorkerSnapshot::age)
			.map(Duration::toNanos);
	}

}
