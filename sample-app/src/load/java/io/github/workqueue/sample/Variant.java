package io.github.workqueue.sample;

import java.util.List;
import java.util.stream.Stream;

import io.github.workqueue.snapshot.WorkqueueInspector;

import org.springframework.context.ApplicationContext;

/** Who does the sample's work. */
public enum Variant {

	/** The sample as it is. */
	WORKQUEUE("workqueue") {

		@Override
		boolean isOurs() {
			return true;
		}

	},

	/** The same with requests, and work of unbound queues, on virtual threads. */
	WORKQUEUE_VIRTUAL("workqueue, virtual threads", Options.VIRTUAL_THREADS) {

		@Override
		boolean isOurs() {
			return true;
		}

		@Override
		public boolean isAvailable() {
			return hasVirtualThreads();
		}

	},

	/** {@code ThreadPoolTaskExecutor}s. */
	ASYNC("@Async"),

	/** The same, with a set of the files that wait. */
	ASYNC_ONCE("@Async, each file waits once", "--load.once=true"),

	/** Since JDK 21: one for each indexing, and for each request. */
	VIRTUAL_THREADS("virtual threads", Options.VIRTUAL_THREADS) {

		@Override
		public boolean isAvailable() {
			return hasVirtualThreads();
		}

	};

	private static final List<String> WITHOUT_WORKQUEUES = List.of(
			"--spring.main.allow-bean-definition-overriding=true",
			"--spring.autoconfigure.exclude=io.github.workqueue.autoconfigure.WorkqueueAutoConfiguration");

	private final String title;

	private final List<String> own;

	Variant(String title, String... own) {
		this.title = title;
		this.own = List.of(own);
	}

	/** Its name in tables. */
	public String title() {
		return this.title;
	}

	/** Whether this JVM can run it. */
	public boolean isAvailable() {
		return true;
	}

	/** Whether workqueues do the work. */
	boolean isOurs() {
		return false;
	}

	private static boolean hasVirtualThreads() {
		return Runtime.version().feature() >= 21;
	}

	Class<?>[] sources() {
		return isOurs() ? new Class<?>[] { SampleApplication.class }
				: new Class<?>[] { SampleApplication.class, AsyncVariant.class };
	}

	List<String> properties() {
		List<String> without = isOurs() ? List.of() : WITHOUT_WORKQUEUES;
		return Stream.of(without, this.own).flatMap(List::stream).toList();
	}

	/** How often a file was looked at so far. */
	long indexings(ApplicationContext context) {
		if (!isOurs()) {
			return context.getBean(AsyncWorks.class).indexings();
		}
		return context.getBean(WorkqueueInspector.class)
			.inspectWorkqueue("indexing")
			.orElseThrow()
			.stats()
			.completed();
	}

	private static final class Options {

		static final String VIRTUAL_THREADS = "--spring.threads.virtual.enabled=true";

		private Options() {
		}

	}

}
