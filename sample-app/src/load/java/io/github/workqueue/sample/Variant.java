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
		Class<?>[] sources() {
			return new Class<?>[] { SampleApplication.class };
		}

		@Override
		List<String> properties() {
			return List.of();
		}

		@Override
		long indexings(ApplicationContext context) {
			return context.getBean(WorkqueueInspector.class)
				.inspectWorkqueue("indexing")
				.orElseThrow()
				.stats()
				.completed();
		}

	},

	/** {@code ThreadPoolTaskExecutor}s. */
	ASYNC("@Async"),

	/** The same, with a set of the files that wait. */
	ASYNC_ONCE("@Async, each file waits once", "--load.once=true"),

	/** Since JDK 21: one for each indexing, and for each request. */
	VIRTUAL_THREADS("virtual threads", "--spring.threads.virtual.enabled=true") {

		@Override
		public boolean isAvailable() {
			return Runtime.version().feature() >= 21;
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

	Class<?>[] sources() {
		return new Class<?>[] { SampleApplication.class, AsyncVariant.class };
	}

	List<String> properties() {
		return Stream.of(WITHOUT_WORKQUEUES, this.own).flatMap(List::stream).toList();
	}

	/** How often a file was looked at so far. */
	long indexings(ApplicationContext context) {
		return context.getBean(AsyncWorks.class).indexings();
	}

}
