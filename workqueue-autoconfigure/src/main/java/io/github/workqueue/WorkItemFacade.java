package io.github.workqueue;

/**
 * For frameworks: an item that stands before an engine's item and adds to its calls.
 * Every call that takes a work item takes a facade as well and means the item behind it.
 * If the facade is also the item's {@link WorkHandler}, handlers and
 * {@link Workqueues#current()} see the facade.
 */
public interface WorkItemFacade extends WorkItem {

	/**
	 * Returns the item behind.
	 * @return the item, or a further facade
	 */
	WorkItem target();

}
