package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;

import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a worker executed when its pool was looked at.
 *
 * @param worker the worker
 * @param queue the name of the item's queue
 * @param item the item
 * @param age how long it had run
 * @param sleep whether and how the worker was known to sleep
 * @param hog whether it did not hold back others
 * @param description what the handler called itself, or null
 */
record BusyWorker(Worker worker, String queue, EngineWorkItem item, Duration age, Worker.Sleep sleep, boolean hog,
		@Nullable String description) {

	WorkSnapshot toWork() {
		return new WorkSnapshot(this.item.name(), WorkSnapshot.State.RUNNING, this.age, null, this.worker.name,
				isBlocked(), stack(), this.item.key());
	}

	WorkerSnapshot toWorker() {
		return new WorkerSnapshot(this.worker.name, this.queue, this.item.name(), this.age, this.description, state(),
				stack());
	}

	WorkerSnapshot.State state() {
		if (isBlocked()) {
			return WorkerSnapshot.State.BLOCKED;
		}
		return this.hog ? WorkerSnapshot.State.CPU_INTENSIVE : WorkerSnapshot.State.RUNNING;
	}

	private boolean isBlocked() {
		return this.sleep == Worker.Sleep.HINTED || this.sleep == Worker.Sleep.NATIVE || this.worker.looksAsleep()
				|| (this.worker.isInHandler() && this.worker.pool.engine.probe.isSleeping(this.worker.tid()));
	}

	private List<StackTraceElement> stack() {
		return List.of(this.worker.thread().getStackTrace());
	}

}
