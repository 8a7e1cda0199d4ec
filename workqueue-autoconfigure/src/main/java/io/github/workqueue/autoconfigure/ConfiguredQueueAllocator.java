package io.github.workqueue.autoconfigure;

import io.github.workqueue.Workqueues;
import io.github.workqueue.spring.WorkqueueBeans;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Allocates the configured queues as soon as the engine exists, whoever made it.
 */
final class ConfiguredQueueAllocator implements BeanPostProcessor {

	private final ObjectProvider<WorkqueueBeans> beans;

	ConfiguredQueueAllocator(ObjectProvider<WorkqueueBeans> beans) {
		this.beans = beans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof Workqueues workqueues) {
			this.beans.getObject().allocate(workqueues);
		}
		return bean;
	}

}
