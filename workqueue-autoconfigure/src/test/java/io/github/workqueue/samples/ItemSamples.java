package io.github.workqueue.samples;

import java.nio.file.Path;
import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkHandler;
import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkInterceptor;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Samples of the Javadoc: items, and what surrounds them.
 */
record ItemSamples(Workqueues workqueues, Workqueue queue, Workqueue ordered, Catalog catalog, Log logger) {

	void item() throws Exception {
		WorkItem refresh = workqueues.initWork("refresh", (work) -> catalog.refresh());
		refresh.schedule();
		refresh.schedule(); // false: that run is still to come
		refresh.flush();
	}

	void delayedItem(Document document) throws Exception {
		DelayedWorkItem save = workqueues.initDelayedWork("save", (work) -> document.save());
		save.debounce(Duration.ofMillis(200), Duration.ofSeconds(2)); // with each change
		save.modify(Duration.ZERO); // now
	}

	void keyed(long product) throws Exception {
		KeyedWork<Long> refresh = workqueues.initKeyedWork("refreshProduct", queue, catalog::refresh);
		refresh.schedule(product);
		refresh.cancelSync(product); // neither pending nor running afterwards
	}

	WorkHandler handler() {
		WorkHandler handler = (work) -> catalog.refresh();
		return handler;
	}

	KeyedWorkHandler<Long> keyedHandler() {
		KeyedWorkHandler<Long> handler = (product) -> catalog.refresh(product);
		return handler;
	}

	String failure(WorkFailure failure) {
		String text = failure.work() + " failed " + failure.attempts() + " times: " + failure.cause();
		return text;
	}

	void refused(KeyedWork<Path> imports, Path file, Answer answer) {
		try {
			imports.schedule(file);
		}
		catch (WorkRejectedException ex) {
			answer.tooManyRequests(ex.getMessage()); // the item is as it was
		}
	}

	WorkItem deadlock() {
		WorkItem second = workqueues.initWork("second", ordered, (work) -> catalog.refresh());
		WorkItem first = workqueues.initWork("first", ordered, (work) -> {
			second.schedule();
			second.flush(); // WorkqueueDeadlockException: this run has the only slot
		});
		return first;
	}

	WorkListener listener() {
		WorkListener slow = new WorkListener() {

			@Override
			public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
				if (ranNanos > 1_000_000_000) {
					logger.warn(work.name() + " took " + ranNanos / 1_000_000 + " ms");
				}
			}

		};
		return slow;
	}

	WorkInterceptor interceptor() {
		WorkInterceptor named = (execution, call) -> {
			Thread.currentThread().setName(execution.work().name());
			call.run();
		};
		return named;
	}

	interface Catalog {

		void refresh();

		void refresh(long product);

	}

	interface Document {

		void save();

	}

	interface Answer {

		void tooManyRequests(@Nullable String reason);

	}

}
