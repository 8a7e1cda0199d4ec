package io.github.workqueue.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says of a thread that it sleeps if the test says so, and that none burns anything.
 */
final class ToldProbe implements ThreadProbe {

	final Set<Thread> asleep = ConcurrentHashMap.newKeySet();

	private final ThreadProbe others = new AwakeProbe();

	@Override
	public boolean isWaiting(Thread thread) {
		return this.asleep.contains(thread);
	}

	@Override
	public long cpuNanos(Thread thread) {
		return this.others.cpuNanos(thread);
	}

	@Override
	public NativeStates nativeStates() {
		return this.others.nativeStates();
	}

}
