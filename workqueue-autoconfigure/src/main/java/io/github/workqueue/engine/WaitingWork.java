package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;

import io.github.workqueue.snapshot.WorkSnapshot;

/**
 * An item that waited when its pool was looked at.
 *
 * @param item the item, which may be anywhere since
 * @param entered the how manieth of its queue's it was to enter the pool
 * @param age how long it had waited
 */
record WaitingWork(EngineWorkItem item, long entered, Duration age) implements Aged<WaitingWork> {

	@Override
	public WaitingWork withAge(Duration age) {
		return new WaitingWork(this.item, this.entered, age);
	}

	WorkSnapshot toWork() {
		return new WorkSnapshot(this.item.name(), WorkSnapshot.State.PENDING, this.age, null, null, null, List.of(),
				this.item.key());
	}

}
