package io.github.workqueue.autoconfigure;

import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.spring.DurableBackend;
import io.github.workqueue.spring.WorkqueueLifecycle;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;

/**
 * Makes the engine, its queues and what starts them in every context, also in a lazy one,
 * and the handlers that durable work may wait for.
 */
final class WorkqueueLazyInitializationExcludeFilter implements LazyInitializationExcludeFilter {

	@Override
	public boolean isExcluded(String beanName, BeanDefinition beanDefinition, Class<?> beanType) {
		return Workqueue.class.isAssignableFrom(beanType) || Workqueues.class.isAssignableFrom(beanType)
				|| WorkqueueLifecycle.class.isAssignableFrom(beanType) || WorkListeners.class.isAssignableFrom(beanType)
				|| DurableBackend.Handler.class.isAssignableFrom(beanType)
				|| DurableLifecycle.class.isAssignableFrom(beanType);
	}

}
