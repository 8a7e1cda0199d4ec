package io.github.workqueue.autoconfigure;

import java.time.Duration;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.spring.RequestHook;
import io.github.workqueue.test.WorkqueueTester;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Lets threads that request work wait for it, as soon as the context has started; not
 * those of the engine. Requests of beans are waited for as a whole, after the commit if
 * need be; those of other items as soon as they are queued.
 */
final class InlineRequests implements RequestHook, WorkListener, ApplicationListener<ContextRefreshedEvent> {

	private static final String ENGINE_THREAD = "kwork";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final ObjectProvider<WorkqueueTester> tester;

	private volatile boolean started;

	InlineRequests(ObjectProvider<WorkqueueTester> tester) {
		this.tester = tester;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		this.started = true;
	}

	@Override
	public void queued(WorkItem work, Workqueue queue) {
		afterRequest();
	}

	@Override
	public void afterRequest() {
		if (this.started && !Thread.currentThread().getName().startsWith(ENGINE_THREAD)) {
			this.tester.getObject().awaitQuiet(TIMEOUT);
		}
	}

}
