package io.github.workqueue.engine;

import java.util.Objects;

import io.github.workqueue.KeyedWorkHandler;
import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkInterceptor;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkItemFacade;
import io.github.workqueue.WorkRetryException;
import org.jspecify.annotations.Nullable;

/**
 * What never changes of a work item; the items of all keys of a keyed work share one.
 * What the handler is capable of is found out once: asking its class costs more than a
 * queue call.
 */
final class WorkDefinition {

	/** How the work is called by its makers. */
	private final String name;

	/** The queue of its own schedule calls. */
	private final EngineWorkqueue home;

	private final @Nullable WorkHandler handler;

	private final @Nullable KeyedWorkHandler<Object> keyedHandler;

	/** The handler, if it wants to be called as such. */
	private final @Nullable ManagedHandler managed;

	/** The handler, if it is what others see as the item. */
	private final @Nullable WorkItem facade;

	/**
	 * Defines a work.
	 * @param handler a WorkHandler, or a KeyedWorkHandler for the items of keys
	 */
	@SuppressWarnings("unchecked")
	WorkDefinition(String name, EngineWorkqueue home, Object handler) {
		this.name = name;
		this.home = home;
		this.handler = (handler instanceof WorkHandler plain) ? plain : null;
		this.keyedHandler = (handler instanceof KeyedWorkHandler<?> keyed) ? (KeyedWorkHandler<Object>) keyed : null;
		this.managed = (handler instanceof ManagedHandler manager) ? manager : null;
		this.facade = (handler instanceof WorkItemFacade item) ? item : null;
	}

	/** Defines a task of a queue's executor. */
	static WorkDefinition task(EngineWorkqueue queue, Runnable command) {
		return new WorkDefinition(queue.name() + ".executor", queue, new Task(command));
	}

	String name() {
		return this.name;
	}

	EngineWorkqueue home() {
		return this.home;
	}

	boolean isTask() {
		return this.handler instanceof Task;
	}

	boolean isManaged() {
		return this.managed != null;
	}

	/** What handlers see as the item: a facade that is its own handler, or the item. */
	WorkItem face(EngineWorkItem item) {
		return (this.facade != null) ? this.facade : item;
	}

	@Nullable Object capture() {
		return (this.managed != null) ? this.managed.capture() : interceptor().capture();
	}

	private WorkInterceptor interceptor() {
		return this.home.engine.interceptor;
	}

	/** Calls the handler, surrounded by what the engine was given for that. */
	void call(EngineWorkItem item, WorkExecution execution) throws Throwable {
		if (this.managed != null) {
			this.managed.execute(execution);
		}
		else if (interceptor() == WorkInterceptor.NONE) {
			handle(item);
		}
		else {
			interceptor().intercept(execution, () -> handle(item));
		}
	}

	/** Returns whether somebody has seen to a failure that will not be tried again. */
	boolean retryRefused(EngineWorkItem item, WorkRetryException retry) {
		return this.managed != null && this.managed.retryRefused(item.key(), retry);
	}

	/** An item will never run; returns how many works it stood for. */
	int dropped(EngineWorkItem item) {
		return (this.managed != null) ? this.managed.dropped(item.key()) : 1;
	}

	private void handle(EngineWorkItem item) throws Exception {
		Object key = item.key();
		if (key != null) {
			Objects.requireNonNull(this.keyedHandler).handle(key);
		}
		else {
			Objects.requireNonNull(this.handler).handle(face(item));
		}
	}

	/** What an executor was given. */
	private record Task(Runnable command) implements WorkHandler {

		@Override
		public void handle(WorkItem work) {
			this.command.run();
		}

	}

}
