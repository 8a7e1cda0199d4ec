package io.github.workqueue.metrics;

import java.util.Locale;

import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;
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
		for (WorkerSnapshot.State state : WorkerSnapshot.State.values()) {
			this.group.gauge(WORKERS, WORKERS_DESCRIPTION, Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
					(snapshot) -> count(snapshot, state));
		}
	}

	void remove() {
		this.group.remove();
	}

	private static long count(WorkerPoolSnapshot pool, WorkerSnapshot.State state) {
		return pool.busy().stream().filter((worker) -> worker.state() == state).count();
	}

}
