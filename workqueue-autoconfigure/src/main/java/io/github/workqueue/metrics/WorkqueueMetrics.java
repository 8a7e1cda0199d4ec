package io.github.workqueue.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ObjLongConsumer;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of all queues (tag {@code name}) and pools (tag {@code pool}).
 * <p>
 * Gauges and counters read the engine when they are read themselves and cost nothing
 * between scrapes; the two timers are fed by every execution.
 * <p>
 * Nothing tells of queues that come and go, and no thread looks for them. Instead the
 * meters follow what is seen anyway. Reading any meter compares all of them with the
 * engine; a scrape that is under way misses a queue that it discovers itself, the next
 * one has it. The first execution on an unknown queue compares too, so that no duration
 * is lost. And {@link #refresh()} does it at once, for whoever knows of a change. A
 * destroyed queue thus keeps its meters, at their last values, until one of ours is read.
 */
public final class WorkqueueMetrics implements MeterBinder, WorkListener {

	private final List<RegistryMeters> registries = new CopyOnWriteArrayList<>();

	private final Inspections inspections;

	/**
	 * Makes the meters, in no registry yet.
	 * @param inspector what is read
	 */
	public WorkqueueMetrics(WorkqueueInspector inspector) {
		this.inspections = new Inspections(inspector, this::follow);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(new RegistryMeters(registry, this.inspections));
		refresh();
	}

	/**
	 * Adds the meters of queues and pools that are new and removes those of what has
	 * gone. Any thread.
	 */
	public void refresh() {
		this.inspections.refresh();
	}

	@Override
	public void started(WorkItem work, Workqueue queue, long waitedNanos) {
		record(queue.name(), waitedNanos, QueueMeters::recordWait);
	}

	@Override
	public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
		record(queue.name(), ranNanos, QueueMeters::recordRun);
	}

	private void record(String queue, long nanos, ObjLongConsumer<QueueMeters> timer) {
		for (RegistryMeters registry : this.registries) {
			QueueMeters meters = registry.queue(queue);
			if (meters == null) {
				refresh();
				meters = registry.queue(queue);
			}
			if (meters != null) {
				timer.accept(meters, nanos);
			}
		}
	}

	private void follow(Inspection inspection) {
		this.registries.forEach((registry) -> registry.follow(inspection));
	}

}
