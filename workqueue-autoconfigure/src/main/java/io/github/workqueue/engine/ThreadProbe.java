package io.github.workqueue.engine;

/**
 * Tells whether the thread of a worker sleeps.
 */
final class ThreadProbe {

	private ThreadProbe() {
	}

	/** Whether a thread in this state waits for something. */
	static boolean isWaiting(Thread.State state) {
		return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.BLOCKED;
	}

}
