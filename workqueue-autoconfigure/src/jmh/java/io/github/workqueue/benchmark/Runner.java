package io.github.workqueue.benchmark;

/**
 * A {@link Subject} that was started.
 */
interface Runner extends AutoCloseable {

	/**
	 * Makes tasks, one per body, as one's users do it.
	 * @return what submits each of them once, in a loop
	 */
	Runnable prepare(Runnable[] bodies);

	/**
	 * The same over several queues, where there are such.
	 * @param first the number of the first queue
	 * @param queues how many
	 */
	default Runnable prepare(Runnable[] bodies, int first, int queues) {
		return prepare(bodies);
	}

	/**
	 * Makes a task per submission.
	 * @return what submits {@code count} fresh tasks, each running a fresh body that
	 * calls this one
	 */
	Runnable prepareFresh(Runnable body, int count);

	@Override
	void close();

}
