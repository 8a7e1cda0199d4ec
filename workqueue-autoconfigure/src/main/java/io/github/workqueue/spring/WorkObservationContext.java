package io.github.workqueue.spring;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an execution that is observed.
 */
public class WorkObservationContext extends Observation.Context {

	private final String work;

	private final String queue;

	private final @Nullable String handlerType;

	private final @Nullable String handlerMethod;

	/**
	 * Creates the context.
	 * @param work the work's name
	 * @param queue the name of the queue that it was on
	 * @param handlerType the class of the handler, or null if there is no such method
	 * @param handlerMethod the method of the handler, or null if there is no such method
	 */
	public WorkObservationContext(String work, String queue, @Nullable String handlerType,
			@Nullable String handlerMethod) {
		this.work = work;
		this.queue = queue;
		this.handlerType = handlerType;
		this.handlerMethod = handlerMethod;
	}

	/**
	 * Returns the work's name.
	 * @return the name
	 */
	public String getWork() {
		return this.work;
	}

	/**
	 * Returns the name of the queue that it was on.
	 * @return the name
	 */
	public String getQueue() {
		return this.queue;
	}

	/**
	 * Returns the class of the handler.
	 * @return the name of the class, or null if there is no such method
	 */
	public @Nullable String getHandlerType() {
		return this.handlerType;
	}

	/**
	 * Returns the method of the handler.
	 * @return the name of the method, or null if there is no such method
	 */
	public @Nullable String getHandlerMethod() {
		return this.handlerMethod;
	}

}
