package io.github.workqueue;

/**
 * What a work item does when it runs ({@code work_func_t}). <pre>{@code
 * WorkHandler handler = (work) -> catalog.refresh();
 * }</pre>
 */
@FunctionalInterface
public interface WorkHandler {

	/**
	 * Runs the work, on a worker thread, never beside itself.
	 * @param work the item that runs; it is no longer pending, so it may be queued again
	 * @throws Exception anything, errors included: it is logged with work, queue and
	 * worker, counted as a failure, and the worker lives on
	 */
	void handle(WorkItem work) throws Exception;

}
