package io.github.workqueue.engine;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;

/**
 * Queues of every kind, by a short name.
 */
final class QueueKinds {

	private QueueKinds() {
	}

	static Workqueue alloc(WorkqueueEngine engine, String kind) {
		return switch (kind) {
			case "percpu" -> engine.alloc(kind, 0);
			case "percpu-one" -> engine.alloc(kind, 1);
			case "unbound" -> engine.alloc(kind, 0, WorkqueueFlag.UNBOUND);
			case "unbound-one" -> engine.alloc(kind, 1, WorkqueueFlag.UNBOUND);
			case "ordered" -> engine.allocOrdered(kind);
			case "bh" -> engine.alloc(kind, 0, WorkqueueFlag.BH);
			default -> throw new IllegalArgumentException(kind);
		};
	}

}
