package io.github.workqueue.spring;

import java.util.Objects;

import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Enqueue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.task.TaskDecorator;

/**
 * What the beans of handlers have in common: everything that they need from the context.
 */
public final class WorkSupport {

	private final Workqueues workqueues;

	private final WorkqueueBeans beans;

	private final BeanFactory beanFactory;

	private final ObjectProvider<ExecutionObserver> observers;

	private final ObjectProvider<Enqueuer> enqueuers;

	private final TaskDecorators decorators;

	private final FailureReports failures;

	private volatile @Nullable ExecutionObserver observer;

	/**
	 * Creates the support.
	 * @param workqueues where items are made
	 * @param beans what the application defines
	 * @param beanFactory where beans are looked up when they are needed
	 * @param events who is told of failures
	 */
	public WorkSupport(Workqueues workqueues, WorkqueueBeans beans, BeanFactory beanFactory,
			ApplicationEventPublisher events) {
		this.workqueues = workqueues;
		this.beans = beans;
		this.beanFactory = beanFactory;
		this.observers = beanFactory.getBeanProvider(ExecutionObserver.class);
		this.enqueuers = beanFactory.getBeanProvider(Enqueuer.class);
		this.decorators = new TaskDecorators(beanFactory.getBeanProvider(TaskDecorator.class));
		this.failures = new FailureReports(beanFactory.getBeanProvider(WorkFailureHandler.class), events);
	}

	Workqueues workqueues() {
		return this.workqueues;
	}

	HandlerSpec handler(String name) {
		return Objects.requireNonNull(this.beans.handlers().get(name), () -> "there is no handler '" + name + "'");
	}

	Workqueue home(HandlerSpec spec) {
		return this.beanFactory.getBean(spec.queue(), Workqueue.class);
	}

	HandlerInvoker invoker(HandlerSpec spec) {
		return new HandlerInvoker(spec, this.beanFactory);
	}

	Enqueuer enqueuer(HandlerSpec spec) {
		return (spec.enqueue() == Enqueue.AFTER_COMMIT) ? this.enqueuers.getIfAvailable(() -> Enqueuer.IMMEDIATE)
				: Enqueuer.IMMEDIATE;
	}

	ExecutionObserver observer() {
		ExecutionObserver observer = this.observer;
		if (observer == null) {
			observer = this.observers.getIfAvailable(() -> ExecutionObserver.NONE);
			this.observer = observer;
		}
		return observer;
	}

	TaskDecorators decorators() {
		return this.decorators;
	}

	FailureReports failures() {
		return this.failures;
	}

}
