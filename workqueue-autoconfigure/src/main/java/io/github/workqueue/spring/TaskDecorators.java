package io.github.workqueue.spring;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;

/**
 * The task decorators of the context, in the order in which Spring Boot's own executors
 * apply them. Looked up when first needed, so that they may need work themselves.
 */
final class TaskDecorators {

	private final ObjectProvider<TaskDecorator> provider;

	private volatile @Nullable List<TaskDecorator> decorators;

	TaskDecorators(ObjectProvider<TaskDecorator> provider) {
		this.provider = provider;
	}

	/**
	 * Captures the context of the calling thread; null where there is no decorator.
	 */
	@Nullable DecoratedCall capture() {
		TaskDecorator decorator = decorator();
		return (decorator != null) ? new DecoratedCall(decorator) : null;
	}

	Runnable decorate(Runnable task) {
		TaskDecorator decorator = decorator();
		return (decorator != null) ? decorator.decorate(task) : task;
	}

	private @Nullable TaskDecorator decorator() {
		List<TaskDecorator> decorators = this.decorators;
		if (decorators == null) {
			List<TaskDecorator> found = this.provider.orderedStream().toList();
			decorators = (found.size() > 1) ? List.of(new CompositeTaskDecorator(found)) : found;
			this.decorators = decorators;
		}
		return decorators.isEmpty() ? null : decorators.get(0);
	}

}
