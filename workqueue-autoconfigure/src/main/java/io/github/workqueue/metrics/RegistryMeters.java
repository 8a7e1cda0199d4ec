package io.github.workqueue.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * All our meters in a registry: those of the queues and pools of the last inspection.
 */
final class RegistryMeters {

	/** Written by inspections only, one at a time; read by every execution. */
	private final Map<String, QueueMeters> queues = new ConcurrentHashMap<>();

	/** Written by inspections only, one at a time. */
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

	/** Adds the meters that are missing and removes those of what has gone. */
	void follow(Inspection inspection) {
		this.queues.forEach((name, meters) -> {
			if (!inspection.queues().containsKey(name)) {
				this.queues.remove(name);
				meters.remove();
			}
		});
		this.pools.forEach((id, meters) -> {
			if (!inspection.pools().containsKey(id)) {
				this.pools.remove(id);
				meters.remove();
			}
		});
		inspection.queues().keySet().forEach((name) -> {
			if (!this.queues.containsKey(name)) {
				this.queues.put(name, new QueueMeters(this.registry, this.inspections, name));
			}
		});
		inspection.pools().keySet().forEach((id) -> {
			if (!this.pools.containsKey(id)) {
				this.pools.put(id, new PoolMeters(this.registry, this.inspections, id));
			}
		});
	}

}
