package io.github.workqueue.engine;

import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkItemFacade;
import org.jspecify.annotations.Nullable;

/**
 * What never changes of a work item; the items of all keys of a keyed work share one.
 *
 * @param name the work's name
 * @param home the queue of its own schedule calls
 * @param handler a WorkHandler, or a KeyedWorkHandler for the items of keys
 * @param managed the handler, if it wants to be called as such
 */
record WorkDefinition(String name, EngineWorkqueue home, Object handler, @Nullable ManagedHandler managed) {

	WorkDefinition(String name, EngineWorkqueue home, Object handler) {
		this(name, home, handler, (handler instanceof ManagedHandler managed) ? managed : null);
	}

	/** What handlers see as the item: a facade that is its own handler, or the item. */
	WorkItem face(EngineWorkItem item) {
		return (this.handler instanceof WorkItemFacade facade) ? facade : item;
	}

	@Nullable Object capture() {
		return (this.managed != null) ? this.managed.capture() : null;
	}

}
