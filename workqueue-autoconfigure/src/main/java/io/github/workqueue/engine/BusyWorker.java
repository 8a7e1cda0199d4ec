package io.github.workqueue.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a worker executed when its pool was looked at.
 *
 * @param worker the worker
 * @param queue the name of the item's queue
 * @param item the item
 * @param start the how manieth start in its pool this was
 * @param age how long it had run
 * @param sleep whether and how the worker was known to sleep
 * @param hog whether it did not hold back others
 * @param description what the handler called itself, or null
 */
record BusyWorker(Worker worker, String queue, EngineWorkItem item, long start, Duration age, Worker.Sleep sleep,
		boolean hog, @Nullable String description) implements Aged<BusyWorker> {

	@Override
	public BusyWorker withAge(Duration age) {
		return new BusyWorker(this.worker, this.queue, this.item, this.start, age, this.sleep, this.hog,
				this.description);
	}

}
