package io.github.workqueue.engine;

/**
 * The questions on which workers start and stop, as pure functions of the counters of a
 * pool. Whoever asks holds the pool's lock.
 * <p>
 * Kernel: the functions of the same names. In an unbound pool {@code running} is always
 * 0, so they say there: as long as items wait.
 */
final class PoolPolicy {

	/** Idle workers that are never too many. */
	private static final int SPARE = 2;

	/** {@code MAX_IDLE_WORKERS_RATIO}. */
	private static final int MAX_IDLE_RATIO = 4;

	private PoolPolicy() {
	}

	/**
	 * Must another worker start? Asked when an item comes, when a worker sleeps, and by a
	 * worker that was woken.
	 */
	static boolean needMoreWorker(boolean waiting, int running) {
		return waiting && running == 0;
	}

	/**
	 * May this worker take another item? Asked by a counted worker after each item.
	 * @param running the counted runnable workers, the asking one included
	 */
	static boolean keepWorking(boolean waiting, int running) {
		return waiting && running <= 1;
	}

	/**
	 * Is there another idle worker, who will notice when this one sleeps? Asked by a
	 * worker before its first item; if not, it makes one.
	 */
	static boolean mayStartWorking(int idle) {
		return idle > 0;
	}

	/**
	 * Must a worker be made? Asked where a worker is needed, and by whoever makes them.
	 */
	static boolean needToCreateWorker(boolean waiting, int running, int idle) {
		return needMoreWorker(waiting, running) && !mayStartWorking(idle);
	}

	/**
	 * Do so many workers idle that the one idle for longest may end? Asked when a worker
	 * becomes idle and when its time-out is over.
	 */
	static boolean tooManyWorkers(int idle, int busy) {
		return idle > SPARE && (idle - SPARE) * MAX_IDLE_RATIO >= busy;
	}

}
