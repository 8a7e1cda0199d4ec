package io.github.workqueue.spring;

import java.util.List;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds what durable queues lack.
 */
final class DurableCheck {

	private final List<ConfiguredQueue> queues;

	private final ConfigurableListableBeanFactory beanFactory;

	private final List<Mistake> mistakes;

	DurableCheck(List<ConfiguredQueue> queues, ConfigurableListableBeanFactory beanFactory, List<Mistake> mistakes) {
		this.queues = queues.stream().filter(ConfiguredQueue::durable).toList();
		this.beanFactory = beanFactory;
		this.mistakes = mistakes;
	}

	void check() {
		boolean store = this.beanFactory.getBeanNamesForType(DurableBackend.class, true, false).length > 0;
		for (ConfiguredQueue queue : this.queues) {
			if (!store && queue.mistakes().isEmpty()) {
				this.mistakes.add(new Mistake(
						"Queue '" + queue.name() + "': " + queue.property()
								+ " is durable, but there is no DataSource to store its work in.",
						"Define a DataSource, and mark one as primary if there are several, or remove 'durable'."));
			}
		}
	}

}
