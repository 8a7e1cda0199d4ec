package io.github.workqueue.spring;

import java.util.Collection;
import java.util.function.LongSupplier;

import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Enqueue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.TaskDecorator;

/**
 * What the beans of handlers have in common: everything that they need from the context.
 * It needs the engine, so it is destroyed before the engine ends.
 */
@Internal
public final class WorkSupport implements DisposableBean {

	/** The name of its bean. */
	public static final String BEAN_NAME = "workqueueSupport";

	private final Workqueues workqueues;

	private final WorkqueueBeans beans;

	private final ContextInterceptor interceptor;

	private final ConfigurableApplicationContext context;

	private final LongSupplier clock;

	private final ObjectProvider<ExecutionObserver> observers;

	private final ObjectProvider<Enqueuer> enqueuers;

	private final ObjectProvider<RequestHook> hooks;

	private final TaskDecorators decorators;

	private final FailureReports failures;

	private volatile @Nullable ExecutionObserver observer;

	private volatile boolean started;

	private volatile boolean abandoned;

	/**
	 * Creates the support.
	 * @param workqueues where items are made
	 * @param beans what the application defines
	 * @param interceptor what the engine's plain items pass, if the engine is ours
	 * @param context where beans are looked up when they are needed
	 * @param clock the engine's clock, in nanoseconds
	 */
	public WorkSupport(Workqueues workqueues, WorkqueueBeans beans, ContextInterceptor interceptor,
			ConfigurableApplicationContext context, LongSupplier clock) {
		this.workqueues = workqueues;
		this.beans = beans;
		this.interceptor = interceptor;
		this.context = context;
		this.clock = clock;
		BeanFactory beanFactory = context.getBeanFactory();
		this.observers = beanFactory.getBeanProvider(ExecutionObserver.class);
		this.enqueuers = beanFactory.getBeanProvider(Enqueuer.class);
		this.hooks = beanFactory.getBeanProvider(RequestHook.class);
		this.decorators = new TaskDecorators(beanFactory.getBeanProvider(TaskDecorator.class));
		this.failures = new FailureReports(beanFactory.getBeanProvider(WorkFailureHandler.class), context);
	}

	Workqueues workqueues() {
		return this.workqueues;
	}

	/** The time of the engine's clock. */
	long now() {
		return this.clock.getAsLong();
	}

	/** Whether the context closes, so that the engine drains or has ended. */
	boolean isClosing() {
		return this.context.isClosed();
	}

	/** Whether the calling worker executes an item. */
	boolean isCurrent(WorkItem item) {
		return this.workqueues.current().filter((current) -> current == item).isPresent();
	}

	/** The context has started. */
	void started() {
		this.started = true;
	}

	/**
	 * Lets go of all work of a context that could not start: the end of the engine would
	 * run it, but its beans must not be called.
	 */
	@Override
	public void destroy() {
		this.abandoned = !this.started;
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	Collection<HandlerSpec> handlers() {
		return this.beans.handlers();
	}

	/**
	 * Returns the queue of a name, allocating it if it is configured and does not exist
	 * yet.
	 */
	Workqueue queue(String name) {
		return this.beans.queue(this.workqueues, name);
	}

	Workqueue home(HandlerSpec spec) {
		return this.context.getBeanFactory().getBean(spec.queue(), Workqueue.class);
	}

	HandlerInvoker invoker(HandlerSpec spec) {
		return new HandlerInvoker(spec, this.context.getBeanFactory());
	}

	Enqueuer enqueuer(HandlerSpec spec) {
		Enqueuer enqueuer = (spec.enqueue() == Enqueue.AFTER_COMMIT)
				? this.enqueuers.getIfAvailable(() -> Enqueuer.IMMEDIATE) : Enqueuer.IMMEDIATE;
		RequestHook hook = this.hooks.getIfAvailable();
		return (hook != null) ? new HookedEnqueuer(enqueuer, hook) : enqueuer;
	}

	ExecutionObserver observer() {
		ExecutionObserver observer = this.observer;
		if (observer == null) {
			observer = this.observers.getIfAvailable(() -> ExecutionObserver.NONE);
			this.observer = observer;
		}
		return observer;
	}

	/**
	 * Captures what the executions of a request need of the calling thread; null, and
	 * nothing made, where neither decorators nor observations ask for it.
	 */
	@Nullable AcceptedRequest capture() {
		DecoratedCall call = this.decorators.capture();
		Object observed = observer().request();
		return (call != null || observed != null) ? new AcceptedRequest(call, observed) : null;
	}

	/** Returns what keeps durable work. */
	DurableBackend durable() {
		return this.context.getBeanFactory().getBean(DurableBackend.class);
	}

	/** Whether plain items of the engine are given their context by the interceptor. */
	boolean isIntercepted() {
		return this.interceptor.isAttached();
	}

	TaskDecorators decorators() {
		return this.decorators;
	}

	FailureReports failures() {
		return this.failures;
	}

}
