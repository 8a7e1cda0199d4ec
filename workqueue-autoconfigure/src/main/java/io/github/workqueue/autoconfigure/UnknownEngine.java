package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.Optional;

import io.github.workqueue.Workqueues;
import io.github.workqueue.snapshot.EngineSnapshot;
import io.github.workqueue.snapshot.RescuerSnapshot;
import io.github.workqueue.snapshot.StallSnapshot;
import io.github.workqueue.snapshot.TimerSnapshot;
import io.github.workqueue.snapshot.WaitingItem;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkqueueDetails;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.snapshot.WorkqueueSnapshot;

/**
 * What can be seen of an engine that is not ours, a mock say: nothing.
 */
final class UnknownEngine implements WorkqueueInspector {

	/** Returns what shows an engine: itself, if it is ours. */
	static WorkqueueInspector inspectorOf(Workqueues workqueues) {
		return (workqueues instanceof WorkqueueInspector inspector) ? inspector : new UnknownEngine();
	}

	@Override
	public EngineSnapshot inspect() {
		return new EngineSnapshot(Runtime.getRuntime().availableProcessors(), false, List.of());
	}

	@Override
	public Optional<WorkqueueSnapshot> inspectWorkqueue(String queue) {
		return Optional.empty();
	}

	@Override
	public List<WorkSnapshot> inspectWorks(String queue, int limit) {
		return List.of();
	}

	@Override
	public List<WaitingItem> findWaiting(String queue, String work) {
		return List.of();
	}

	@Override
	public Optional<WorkqueueDetails> inspectDetails(String queue, int limit) {
		return Optional.empty();
	}

	@Override
	public List<WorkerPoolSnapshot> inspectPools() {
		return List.of();
	}

	@Override
	public List<RescuerSnapshot> inspectRescuers() {
		return List.of();
	}

	@Override
	public List<TimerSnapshot> inspectTimers(int limit) {
		return List.of();
	}

	@Override
	public List<StallSnapshot> inspectStalls() {
		return List.of();
	}

}
