package io.github.workqueue.engine;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;

/**
 * What the tests share: an engine that has started no thread, since nothing was queued.
 */
final class Pieces {

	static final WorkHandler HANDLER = WorkItem::name;

	static final WorkqueueEngine ENGINE = WorkqueueEngine.start(EngineSettings.builder().cpus(1).build());

	static final EngineWorkqueue QUEUE = (EngineWorkqueue) ENGINE.get("system_wq");

	static final WorkerPool POOL = ENGINE.pool(0);

	static final Worker WORKER = new Worker(POOL, "worker", false);

	private static final WorkDefinition DEFINITION = new WorkDefinition("work", QUEUE, HANDLER);

	private static final FlushColors.Color COLOR = new FlushColors().enter();

	static {
		WORKER.bind(new Thread(WORKER));
	}

	private Pieces() {
	}

	/** Works for a moment, without memory, so that others get something done. */
	static int busyWith(int data) {
		int result = data;
		for (int i = 0; i < 50; i++) {
			result = result * 31 + i;
		}
		return result;
	}

	static EngineWorkItem idle() {
		return new EngineWorkItem(DEFINITION);
	}

	static EngineWorkItem queued() {
		EngineWorkItem item = idle();
		item.tryTake();
		item.enqueue(POOL.id);
		item.enters(QUEUE.linkIn(POOL));
		item.paint(COLOR);
		return item;
	}

	/** A worker of one test, which is in no table. */
	static Worker worker() {
		Worker worker = new Worker(POOL, "worker", false);
		worker.number = 1;
		return worker;
	}

}
