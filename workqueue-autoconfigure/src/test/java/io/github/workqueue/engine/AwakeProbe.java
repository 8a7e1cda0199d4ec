package io.github.workqueue.engine;

/**
 * Says of every thread that it is awake and burns nothing.
 */
final class AwakeProbe implements ThreadProbe {

	@Override
	public boolean isWaiting(Thread thread) {
		return false;
	}

	@Override
	public long cpuNanos(Thread thread) {
		return 0;
	}

	@Override
	public NativeStates nativeStates() {
		return new NativeStates() {

			@Override
			public NativeState of(long tid) {
				return NativeState.RUNNING;
			}

			@Override
			public void close() {
				// nothing is open
			}

		};
	}

}
