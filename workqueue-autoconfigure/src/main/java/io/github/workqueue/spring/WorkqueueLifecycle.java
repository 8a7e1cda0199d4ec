package io.github.workqueue.spring;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Ties the engine to the life of the context.
 *
 * <pre>
 *   refreshed           work that was queued before is started, and that of onStartup queued
 *   stopped or paused   freezable queues are frozen
 *   started again       they are thawed
 *   closed              the engine drains and ends, after the web server and executors,
 *                       before any bean is destroyed
 * </pre>
 */
@Internal
public final class WorkqueueLifecycle
		implements SmartLifecycle, SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

	/** After everything that takes requests has stopped. */
	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private final Workqueues workqueues;

	private final EngineControl control;

	private final WorkSupport support;

	private final ConfigurableApplicationContext context;

	private final AtomicBoolean refreshed = new AtomicBoolean();

	private volatile boolean running;

	private volatile boolean frozen;

	private volatile boolean ended;

	/**
	 * Creates the lifecycle.
	 * @param workqueues the engine
	 * @param control what else can be done with it
	 * @param support what the beans of handlers have in common
	 * @param context the context
	 */
	public WorkqueueLifecycle(Workqueues workqueues, EngineControl control, WorkSupport support,
			ConfigurableApplicationContext context) {
		this.workqueues = workqueues;
		this.control = control;
		this.support = support;
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		new FinishedBeanCheck(this.context.getBeanFactory(), handlers()).check();
		configurers().forEach((configurer) -> configurer.configure(this.workqueues));
	}

	/** In their order, without those of a parent context: they have made theirs there. */
	private Stream<WorkqueueConfigurer> configurers() {
		Set<WorkqueueConfigurer> own = Collections.newSetFromMap(new IdentityHashMap<>());
		own.addAll(this.context.getBeanFactory().getBeansOfType(WorkqueueConfigurer.class).values());
		return this.context.getBeanFactory()
			.getBeanProvider(WorkqueueConfigurer.class)
			.orderedStream()
			.filter(own::contains);
	}

	private Collection<HandlerSpec> handlers() {
		return this.support.handlers();
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context && this.refreshed.compareAndSet(false, true)) {
			this.support.started();
			this.control.release().run();
			handlers().stream()
				.filter(HandlerSpec::onStartup)
				.forEach((handler) -> this.context.getBean(handler.name(), WorkItem.class).schedule());
		}
	}

	@Override
	public void start() {
		if (this.frozen) {
			this.frozen = false;
			this.workqueues.thaw();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.frozen = true;
		this.workqueues.freeze();
	}

	/**
	 * Ends the engine if the context closes, in the calling thread: the drain has a limit
	 * of its own, whatever that of the phase is.
	 */
	@Override
	public void stop(Runnable callback) {
		try {
			if (this.context.isClosed()) {
				this.ended = true;
				this.control.shutdown().run();
			}
			else {
				stop();
			}
		}
		finally {
			callback.run();
		}
	}

	/**
	 * A closing context stops only what runs, so the engine runs until it has ended, even
	 * if it was stopped before.
	 */
	@Override
	public boolean isRunning() {
		return this.context.isClosed() ? !this.ended : this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
