package io.github.workqueue.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.github.workqueue.snapshot.DurableSnapshot;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of a queue in a registry. Names and tags are public.
 */
final class QueueMeters {

	private final MeterGroup<WorkqueueSnapshot> group;

	private final Timer waited;

	private final Timer ran;

	QueueMeters(MeterRegistry registry, Inspections inspections, String queue, boolean durable) {
		this.group = new MeterGroup<>(registry, inspections, (inspection) -> inspection.queues().get(queue),
				Tags.of("name", queue));
		this.waited = this.group.timer("workqueue.queue.duration", "Time from enqueue to start of the handler");
		this.ran = this.group.timer("workqueue.work.duration", "Time that the handler took");
		addGauges();
		if (durable) {
			addDurableGauge();
		}
		addTimeGauges(queue);
		addRequestCounters();
		addExecutionCounters();
	}

	void recordWait(long nanos) {
		this.waited.record(nanos, TimeUnit.NANOSECONDS);
	}

	void recordRun(long nanos) {
		this.ran.record(nanos, TimeUnit.NANOSECONDS);
	}

	void remove() {
		this.group.remove();
	}

	private void addGauges() {
		this.group.gauge("workqueue.depth", "Works accepted and not yet running",
				(queue) -> stored(queue, DurableSnapshot::pending, queue.pending()));
		this.group.gauge("workqueue.inactive", "Works that wait for max_active", WorkqueueSnapshot::inactive);
		this.group.gauge("workqueue.running", "Works that run", WorkqueueSnapshot::running);
		this.group.gauge("workqueue.delayed", "Armed timers",
				(queue) -> stored(queue, DurableSnapshot::delayed, queue.delayed()));
		this.group.gauge("workqueue.max.active", "Upper limit of active works", WorkqueueSnapshot::maxActive);
	}

	private void addDurableGauge() {
		this.group.gauge("workqueue.parked", "Stored works that this instance cannot run",
				(queue) -> stored(queue, DurableSnapshot::parked, 0));
	}

	/** Unknown for a durable queue while the database does not answer. */
	private static Number stored(WorkqueueSnapshot queue, ToLongFunction<DurableSnapshot> figure, long own) {
		if (!queue.durable()) {
			return own;
		}
		return (queue.stored() != null) ? (Number) figure.applyAsLong(queue.stored()) : (Number) Double.NaN;
	}

	private void addTimeGauges(String queue) {
		this.group.timeGauge("workqueue.unfinished.work", "Time that the works that run have taken so far, in sum",
				(inspection) -> inspection.ages(queue).mapToLong(Long::longValue).sum());
		this.group.timeGauge("workqueue.longest.running.processor", "Time that the longest running work has taken",
				(inspection) -> inspection.ages(queue).mapToLong(Long::longValue).max().orElse(0));
	}

	private void addRequestCounters() {
		this.group.counter("workqueue.adds", "Enqueues, by request, due timer or retry",
				(queue) -> queue.stats().adds());
		this.group.counter("workqueue.coalesced", "Requests refused because the work was pending",
				(queue) -> queue.stats().coalesced());
		this.group.counter("workqueue.retries", "Requeues after a failure", (queue) -> queue.stats().retries());
	}

	private void addExecutionCounters() {
		this.group.counter("workqueue.started", "Executions begun", (queue) -> queue.stats().started());
		this.group.counter("workqueue.completed", "Executions ended, failed ones included",
				(queue) -> queue.stats().completed());
		this.group.counter("workqueue.failed", "Executions that threw", (queue) -> queue.stats().failed());
		this.group.counter("workqueue.cpu.time", "CPU time of the executions", "seconds",
				(queue) -> queue.stats().cpuTime().toNanos() / 1e9);
		this.group.counter("workqueue.cpu.intensive", "Executions that were marked as CPU hogs",
				(queue) -> queue.stats().cpuIntensive());
		this.group.counter("workqueue.cm.wakeup", "Workers started because one slept or hogged",
				(queue) -> queue.stats().cmWakeup());
		this.group.counter("workqueue.mayday", "Calls for the rescuer", (queue) -> queue.stats().mayday());
		this.group.counter("workqueue.rescued", "Executions by the rescuer", (queue) -> queue.stats().rescued());
	}

}
