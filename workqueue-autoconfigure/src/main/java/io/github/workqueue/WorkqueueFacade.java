package io.github.workqueue;

/**
 * For frameworks: a queue that stands before an engine's queue. Whoever looks the queue
 * up by its name gets the facade, see {@link WorkqueueSpec#facade}. Only who has the
 * queue behind can make items for it.
 */
public interface WorkqueueFacade extends Workqueue {

	/**
	 * Returns the queue behind.
	 * @return the engine's queue
	 */
	Workqueue target();

	/**
	 * Explains why no item can be made for this queue, or queued on it by its item.
	 * @param work the name of the work
	 * @return what the engine throws; it names the work, the queue and what to do instead
	 */
	IllegalArgumentException refusal(String work);

}
