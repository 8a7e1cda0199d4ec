package io.github.workqueue.actuate.endpoint;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

import io.github.workqueue.snapshot.DurableSnapshot;
import io.github.workqueue.snapshot.EngineSnapshot;
import io.github.workqueue.snapshot.RescuerSnapshot;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueStats;
import org.jspecify.annotations.Nullable;

/**
 * The JSON objects of the endpoints. Names and order of the fields are public.
 */
final class Descriptions {

	private Descriptions() {
	}

	static Fields engine(EngineSnapshot engine) {
		return new Fields().add("cpus", engine.cpus())
			.add("frozen", engine.frozen())
			.addObjects("workqueues", engine.workqueues().stream().map(Descriptions::queue).toList());
	}

	static Fields queue(WorkqueueSnapshot queue) {
		return new Fields().add("name", queue.name())
			.addAll("aliases", queue.aliases())
			.addAll("flags", new TreeSet<>(queue.flags()))
			.add("ordered", queue.ordered())
			.add("durable", queue.durable() ? true : null)
			.add("state", queue.state())
			.add("maxActive", queue.maxActive())
			.add("minActive", queue.minActive())
			.add("pending", stored(queue, DurableSnapshot::pending, queue.pending()))
			.add("inactive", queue.inactive())
			.add("running", queue.running())
			.add("delayed", stored(queue, DurableSnapshot::delayed, queue.delayed()))
			.add("parked", stored(queue, DurableSnapshot::parked, null))
			.add("stats", stats(queue.stats()));
	}

	/** Left out of a durable queue while the database does not answer. */
	private static @Nullable Long stored(WorkqueueSnapshot queue, Function<DurableSnapshot, Long> figure,
			@Nullable Long own) {
		if (!queue.durable()) {
			return own;
		}
		return (queue.stored() != null) ? figure.apply(queue.stored()) : null;
	}

	private static Fields stats(WorkqueueStats stats) {
		return new Fields().add("adds", stats.adds())
			.add("coalesced", stats.coalesced())
			.add("started", stats.started())
			.add("completed", stats.completed())
			.add("failed", stats.failed())
			.add("retries", stats.retries())
			.add("cpuTime", stats.cpuTime())
			.add("cpuIntensive", stats.cpuIntensive())
			.add("cmWakeup", stats.cmWakeup())
			.add("repatriated", stats.repatriated())
			.add("mayday", stats.mayday())
			.add("rescued", stats.rescued());
	}

	static Fields work(WorkSnapshot work, @Nullable String key) {
		Fields fields = new Fields().add("work", work.work())
			.add("key", key)
			.add("state", work.state())
			.add("for", work.age())
			.add("dueIn", work.dueIn())
			.add("worker", work.worker())
			.add("blocked", work.blocked());
		return (work.state() == WorkSnapshot.State.RUNNING) ? fields.addAll("stack", work.stack()) : fields;
	}

	static Fields pools(List<WorkerPoolSnapshot> pools, List<RescuerSnapshot> rescuers) {
		return new Fields().addObjects("pools", pools.stream().map(Descriptions::pool).toList())
			.addObjects("rescuers", rescuers.stream().map(Descriptions::rescuer).toList());
	}

	private static Fields pool(WorkerPoolSnapshot pool) {
		return new Fields().add("id", pool.id())
			.add("cpu", pool.cpu())
			.add("nice", pool.nice())
			.add("unbound", pool.unbound())
			.add("workers", pool.workers())
			.add("idle", pool.idle())
			.add("running", pool.running())
			.add("pending", pool.pending())
			.addObjects("busy", pool.busy().stream().map(Descriptions::worker).toList());
	}

	private static Fields worker(WorkerSnapshot worker) {
		return new Fields().add("worker", worker.worker())
			.add("workqueue", worker.workqueue())
			.add("work", worker.work())
			.add("for", worker.age())
			.add("description", worker.description())
			.add("state", worker.state())
			.addAll("stack", worker.stack());
	}

	private static Fields rescuer(RescuerSnapshot rescuer) {
		return new Fields().add("workqueue", rescuer.workqueue())
			.add("worker", rescuer.worker())
			.add("active", rescuer.active());
	}

}
