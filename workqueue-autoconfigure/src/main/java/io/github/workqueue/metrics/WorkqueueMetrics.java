package io.github.workqueue.metrics;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ObjLongConsumer;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of all queues (tag {@code name}) and pools (tag {@code pool}).
 * <p>
 * Gauges and counters read the engine when they are read themselves and cost nothing
 * between scrapes; the two timers are fed by every execution.
 * <p>
 * As a listener of the engine this learns of queues that come and go: a queue has its
 * meters when {@code alloc} returns, and none when {@code destroy} returns, or
 * {@code close} of the engine.
 * <p>
 * An engine that has another listener, such as a bean of the user's, feeds no timers and
 * tells of no queues. The meters then follow what is seen anyway: reading any meter
 * compares all of them with the engine. A scrape that is under way misses a queue that it
 * discovers itself, and a destroyed queue keeps its meters, at their last values, until
 * one of ours is read. {@link #refresh()} compares at once.
 * <p>
 * Meters that are read within 5 ms by one scrape show one moment, so the states of a
 * pool's workers add up to their number.
 */
public final class WorkqueueMetrics implements MeterBinder, WorkListener {

	private final List<RegistryMeters> registries = new CopyOnWriteArrayList<>();

	private final Inspections inspections;

	private final WorkqueueInspector inspector;

	/**
	 * Makes the meters, in no registry yet.
	 * @param inspector what is read
	 */
	public WorkqueueMetrics(WorkqueueInspector inspector) {
		this.inspector = inspector;
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
	public void allocated(Workqueue queue) {
		this.inspections.change(() -> follow(queue.name()));
	}

	@Override
	public void destroyed(Workqueue queue) {
		this.inspections.change(() -> follow(queue.name()));
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

	/**
	 * Asks what there is now: what two threads do with one name may be told in any order.
	 */
	private void follow(String queue) {
		Optional<WorkqueueSnapshot> found = this.inspector.inspectWorkqueue(queue)
			.filter((one) -> one.state() != WorkqueueState.DESTROYED);
		this.registries.forEach((registry) -> found.ifPresentOrElse((one) -> registry.add(queue, one.durable()),
				() -> registry.remove(queue)));
	}

}
