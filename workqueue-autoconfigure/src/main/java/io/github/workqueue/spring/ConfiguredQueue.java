package io.github.workqueue.spring;

import java.util.List;

import io.github.workqueue.WorkqueueSpec;
import org.jspecify.annotations.Nullable;

/**
 * A queue of the configuration.
 *
 * @param name its name
 * @param property the property that it starts with, with its origin where known
 * @param spec what to allocate; null if there are mistakes
 * @param durable whether its work is stored
 * @param mistakes what is wrong with it; they count only if the queue is needed
 */
@Internal
public record ConfiguredQueue(String name, String property, @Nullable WorkqueueSpec spec, boolean durable,
		List<Mistake> mistakes) {

	/** Copies the list. */
	public ConfiguredQueue {
		mistakes = List.copyOf(mistakes);
	}

}
