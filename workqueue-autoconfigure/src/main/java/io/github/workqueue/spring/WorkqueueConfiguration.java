package io.github.workqueue.spring;

import java.util.List;

/**
 * What the configuration says, as far as beans depend on it.
 *
 * @param queues the queues to allocate
 * @param mistakes what is wrong beside them
 */
@Internal
public record WorkqueueConfiguration(List<ConfiguredQueue> queues, List<Mistake> mistakes) {

	/** Copies the lists. */
	public WorkqueueConfiguration {
		queues = List.copyOf(queues);
		mistakes = List.copyOf(mistakes);
	}

}
