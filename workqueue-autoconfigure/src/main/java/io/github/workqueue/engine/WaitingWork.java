package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;

import io.github.workqueue.snapshot.WorkSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * An item that waited when its pool was looked at.
 *
 * @param name its name
 * @param key its key, or null
 * @param entered the how manieth of its queue's it was to enter the pool
 * @param age how long it had waited
 */
record WaitingWork(String name, @Nullable Object key, long entered, Duration age) implements Aged<WaitingWork> {

	@Override
	public WaitingWork withAge(Duration age) {
		return new WaitingWork(this.name, this.key, this.entered, age);
	}

	WorkSnapshot toWork() {
		return new WorkSnapshot(this.name, WorkSnapshot.State.PENDING, this.age, null, null, null, List.of(), this.key);
	}

}
