package io.github.workqueue.benchmark;

import java.util.List;
import java.util.stream.IntStream;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;

/** The engine with default settings, and one of its system queues. */
final class WorkqueueRunner implements Runner {

	private final WorkqueueEngine engine;

	private final Workqueue queue;

	private final boolean unbound;

	WorkqueueRunner(String queue, int threads) {
		this.engine = WorkqueueEngine.start(EngineSettings.builder().cpus(threads).build());
		this.queue = this.engine.get(queue);
		this.unbound = queue.contains("unbound");
	}

	@Override
	public Runnable prepare(Runnable[] bodies) {
		WorkItem[] items = items(bodies, List.of(this.queue));
		return () -> {
			for (WorkItem item : items) {
				this.queue.queue(item);
			}
		};
	}

	@Override
	public Runnable prepare(Runnable[] bodies, int first, int queues) {
		WorkItem[] items = items(bodies, IntStream.range(first, first + queues).mapToObj(this::numbered).toList());
		return () -> {
			for (WorkItem item : items) {
				item.schedule();
			}
		};
	}

	private WorkItem[] items(Runnable[] bodies, List<Workqueue> homes) {
		WorkItem[] items = new WorkItem[bodies.length];
		for (int i = 0; i < items.length; i++) {
			Runnable body = bodies[i];
			items[i] = this.engine.initWork("body", homes.get(i % homes.size()), (work) -> body.run());
		}
		return items;
	}

	/** A queue like this one. */
	private Workqueue numbered(int number) {
		String name = "queue-" + number;
		return this.engine.find(name).orElseGet(() -> alloc(name));
	}

	private Workqueue alloc(String name) {
		return this.unbound ? this.engine.alloc(name, 0, WorkqueueFlag.UNBOUND) : this.engine.alloc(name, 0);
	}

	@Override
	public Runnable prepareFresh(Runnable body, int count) {
		return () -> {
			for (int i = 0; i < count; i++) {
				this.queue.queue(this.engine.initWork("body", this.queue, (work) -> body.run()));
			}
		};
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
