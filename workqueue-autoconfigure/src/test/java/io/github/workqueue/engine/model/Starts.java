package io.github.workqueue.engine.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;

/**
 * Which items have started on which queue, in order.
 */
final class Starts implements WorkListener {

	private final Map<Workqueue, List<String>> names = new ConcurrentHashMap<>();

	@Override
	public void started(WorkItem work, Workqueue queue, long waitedNanos) {
		this.names.computeIfAbsent(queue, (absent) -> new CopyOnWriteArrayList<>()).add(work.name());
	}

	List<String> on(Workqueue queue) {
		return List.copyOf(this.names.getOrDefault(queue, List.of()));
	}

	void clear() {
		this.names.clear();
	}

}
