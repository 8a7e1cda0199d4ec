package io.github.workqueue.spring;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;

/**
 * Finds or allocates the queues that are beans.
 */
public final class QueueFactory {

	/** The name of its bean. */
	public static final String BEAN_NAME = "workqueueFactory";

	private final Workqueues workqueues;

	private final WorkqueueBeans beans;

	/**
	 * Creates the factory.
	 * @param workqueues where the queues are
	 * @param beans what the application defines
	 */
	public QueueFactory(Workqueues workqueues, WorkqueueBeans beans) {
		this.workqueues = workqueues;
		this.beans = beans;
	}

	/**
	 * Returns a queue, allocating it if it is configured and does not exist yet.
	 * @param name the name of a system queue or of a configured one
	 * @return the queue
	 */
	public Workqueue queue(String name) {
		WorkqueueSpec spec = this.beans.queues().get(name);
		return (spec != null) ? this.workqueues.find(name).orElseGet(() -> this.workqueues.alloc(spec))
				: this.workqueues.get(name);
	}

}
