package io.github.workqueue.autoconfigure;

import io.github.workqueue.durable.DurableWorks;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Ties durable work to the life of the context.
 *
 * <pre>
 *   refreshed   what is due is run
 *   closed      nothing is claimed any more, and what has not started is given back, before
 *               the engine drains; the rest ends with the beans, before the DataSource
 * </pre>
 */
final class DurableLifecycle implements SmartLifecycle, ApplicationListener<ContextRefreshedEvent> {

	/** Before the engine drains, after everything that takes requests has stopped. */
	private static final int PHASE = Integer.MAX_VALUE / 2 - 1023;

	private final DurableWorks works;

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	DurableLifecycle(DurableWorks works, ConfigurableApplicationContext context) {
		this.works = works;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context && !this.running) {
			this.running = true;
			this.works.start();
		}
	}

	@Override
	public void start() {
	}

	/** A pause is the engine's matter: its queues tell that they take nothing. */
	@Override
	public void stop() {
		if (this.context.isClosed()) {
			this.running = false;
			this.works.stopClaiming();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
