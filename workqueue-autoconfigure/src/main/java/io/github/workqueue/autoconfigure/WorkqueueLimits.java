package io.github.workqueue.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;
import io.github.workqueue.spring.ConfiguredQueue;
import io.github.workqueue.spring.Mistake;
import io.github.workqueue.spring.WorkqueueBeans;
import io.github.workqueue.spring.WorkqueueConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Applies limits that change in the environment while the application runs:
 * {@code max-active} and {@code min-active} of configured queues that are not ordered.
 * Everything else under {@code workqueue} is read once, at the start.
 * <p>
 * A limit is set only if its property has another value than at the last look, so that a
 * limit which the endpoint or a customizer has set stays until then. A property that is
 * removed leaves the limit as it is. Spring Cloud's {@code EnvironmentChangeEvent} calls
 * {@link #refresh()}; so may anything else that changes the environment, in any thread.
 * <pre>{@code
 * void changed(WorkqueueLimits limits) {
 * 	limits.refresh(); // the environment has another max-active
 * }
 * }</pre>
 */
public final class WorkqueueLimits implements SmartApplicationListener {

	private static final String ENVIRONMENT_CHANGE = "org.springframework.cloud.context.environment.EnvironmentChangeEvent";

	private final Workqueues workqueues;

	private final WorkqueueBeans beans;

	private final Environment environment;

	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final Map<String, Limits> known = new HashMap<>();

	WorkqueueLimits(Workqueues workqueues, WorkqueueBeans beans, Environment environment) {
		this.workqueues = workqueues;
		this.beans = beans;
		this.environment = environment;
		for (ConfiguredQueue queue : ConfigurationReader.read(environment).queues()) {
			look(queue);
		}
	}

	/**
	 * Looks at the environment and applies what has changed since the last look.
	 * @throws IllegalStateException if the configuration has mistakes; it names all of
	 * them, and nothing is changed
	 */
	public void refresh() {
		this.lock.lock();
		try {
			WorkqueueConfiguration configuration = ConfigurationReader.read(this.environment);
			List<ConfiguredQueue> queues = configuration.queues().stream().filter(this::isOurs).toList();
			check(Stream
				.concat(configuration.mistakes().stream(),
						queues.stream().flatMap((queue) -> queue.mistakes().stream()))
				.toList());
			for (ConfiguredQueue queue : queues) {
				apply(queue);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isOurs(ConfiguredQueue queue) {
		return this.beans.isConfigured(queue.name());
	}

	private static void check(List<Mistake> mistakes) {
		if (!mistakes.isEmpty()) {
			throw new IllegalStateException("The limits of workqueues stay as they are, because of " + mistakes.stream()
				.map((each) -> each.problem() + " " + each.action())
				.collect(Collectors.joining(" ")));
		}
	}

	@GuardedBy("lock")
	private void apply(ConfiguredQueue configured) {
		Limits before = this.known.get(configured.name());
		Limits now = look(configured);
		if (now != null && !now.equals(before)) {
			this.workqueues.find(configured.name())
				.filter((queue) -> !queue.isOrdered())
				.ifPresent((queue) -> now.applyTo(queue, before));
		}
	}

	@GuardedBy("lock")
	private @Nullable Limits look(ConfiguredQueue queue) {
		WorkqueueSpec spec = queue.spec();
		if (spec == null) {
			return null;
		}
		Limits limits = new Limits(spec.maxActive(), spec.minActive());
		this.known.put(queue.name(), limits);
		return limits;
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return eventType.getName().equals(ENVIRONMENT_CHANGE);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		refresh();
	}

	/**
	 * What the properties say of a queue.
	 *
	 * @param maxActive 0 if nothing
	 * @param minActive null if nothing
	 */
	private record Limits(int maxActive, @Nullable Integer minActive) {

		/**
		 * The maximum first: it lowers the minimum, and must not be below the new one.
		 */
		void applyTo(Workqueue queue, @Nullable Limits before) {
			if (this.maxActive > 0 && (before == null || this.maxActive != before.maxActive)) {
				queue.setMaxActive(this.maxActive);
			}
			if (this.minActive != null && (before == null || this.maxActive != before.maxActive
					|| !Objects.equals(this.minActive, before.minActive))) {
				queue.setMinActive(this.minActive);
			}
		}

	}

}
