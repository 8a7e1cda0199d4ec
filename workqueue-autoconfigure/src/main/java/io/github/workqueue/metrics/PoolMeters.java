package io.github.workqueue.metrics;

import java.util.Locale;

import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of a pool in a registry. Names and tags are public.
 */
final class PoolMeters {

	private static final String WORKERS = "workqueue.pool.workers";

	private static final String WORKERS_DESCRIPTION = "Workers by what they do";

	private final MeterGroup<WorkerPoolSnapshot> group;

	PoolMeters(MeterRegistry registry, Inspections inspections, int pool) {
		this.group = new MeterGroup<>(registry, inspections, (inspection) -> inspection.pools().get(pool),
				Tags.of("pool", Integer.toString(pool)));
		this.group.gauge("workqueue.pool.pending", "Works that wait for a worker", WorkerPoolSnapshot::pending);
		this.group.gauge(WORKERS, WORKERS_DESCRIPTION, Tags.of("state", "idle"), WorkerPoolSnapshot::idle);
		for (State state : State.values()) {
			this.group.gauge(WORKERS, WORKERS_DESCRIPTION, Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
					(snapshot) -> count(snapshot, state));
		}
	}

	/** Each worker has one state: one that is awake without an item runs, too. */
	private static long count(WorkerPoolSnapshot pool, State state) {
		return (state != State.RUNNING) ? busy(pool, state)
				: pool.workers() - pool.idle() - busy(pool, State.BLOCKED) - busy(pool, State.CPU_INTENSIVE);
	}

	void remove() {
		this.group.remove();
	}

	private static long busy(WorkerPoolSnapshot pool, State state) {
		return pool.busy().stream().filter((worker) -> worker.state() == state).count();
	}

}
