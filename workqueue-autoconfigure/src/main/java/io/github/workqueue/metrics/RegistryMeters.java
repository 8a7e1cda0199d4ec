package io.github.workqueue.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * All our meters in a registry. Written by one thread at a time, which holds the lock of
 * the inspections.
 */
final class RegistryMeters {

	/** Read by every execution, at any time. */
	private final Map<String, QueueMeters> queues = new ConcurrentHashMap<>();

	private final Map<Integer, PoolMeters> pools = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final Inspections inspections;

	RegistryMeters(MeterRegistry registry, Inspections inspections) {
		this.registry = registry;
		this.inspections = inspections;
	}

	@Nullable QueueMeters queue(String name) {
		return this.queues.get(name);
	}

	/** Adds the meters of a queue unless they are there. */
	void add(String queue, boolean durable) {
		if (!this.queues.containsKey(queue)) {
			this.queues.put(queue, new QueueMeters(this.registry, this.inspections, queue, durable));
		}
	}

	/** Removes the meters of a queue if they are there. */
	void remove(String queue) {
		QueueMeters meters = this.queues.remove(queue);
		if (meters != null) {
			meters.remove();
		}
	}

	/** Adds the meters that are missing and removes those of what has gone. */
	void follow(Inspection inspection) {
		Map<String, WorkqueueSnapshot> known = inspection.queues();
		this.queues.keySet().stream().filter((name) -> !known.containsKey(name)).forEach(this::remove);
		known.forEach((name, queue) -> add(name, queue.durable()));
		this.pools.forEach((id, meters) -> {
			if (!inspection.pools().containsKey(id)) {
				this.pools.remove(id);
				meters.remove();
			}
		});
		inspection.pools().keySet().forEach((id) -> {
			if (!this.pools.containsKey(id)) {
				this.pools.put(id, new PoolMeters(this.registry, this.inspections, id));
			}
		});
	}

}
