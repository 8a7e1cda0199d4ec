package io.github.workqueue.durable;

/**
 * Where the runs of one work go.
 */
public interface DurableTarget {

	/**
	 * Returns the name of the work.
	 * @return the name
	 */
	String work();

	/**
	 * Returns the queue that its runs share with those of other works.
	 * @return what stands for the queue; equal for works of one queue
	 */
	Object queue();

	/**
	 * Returns how many runs the queue takes at once.
	 * @return the number; 0 while it is to get none
	 */
	int limit();

	/**
	 * Takes a run, which is to be executed or given back some time; on a thread that must
	 * not wait.
	 * @param run the run
	 * @throws UnreadableRunException if this instance cannot read the key or the
	 * argument: the row is parked
	 */
	void accept(DurableRun run);

}
