package io.github.workqueue.spring;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workqueue.SystemQueues;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Defines the beans of queues and of their executors, unless a user has defined a bean of
 * that name.
 */
final class QueueBeans {

	private static final Log logger = LogFactory.getLog(QueueBeans.class);

	private static final String EXECUTOR_SUFFIX = ".executor";

	private final ConfigurableListableBeanFactory beanFactory;

	private final BeanDefinitionRegistry registry;

	private final BeanDefinitionView definitions;

	private final List<Mistake> mistakes;

	private final Map<String, WorkqueueSpec> allocated = new LinkedHashMap<>();

	/** Durable queues, which execute no tasks. */
	private final Set<String> durable = new HashSet<>();

	QueueBeans(ConfigurableListableBeanFactory beanFactory, List<Mistake> mistakes) {
		this.beanFactory = beanFactory;
		this.registry = (BeanDefinitionRegistry) beanFactory;
		this.definitions = new BeanDefinitionView(beanFactory);
		this.mistakes = mistakes;
	}

	void define(List<ConfiguredQueue> configured) {
		configured.forEach(this::defineConfigured);
		SystemQueues.specs().forEach((spec) -> defineSystem(spec.name()));
		SystemQueues.aliases().forEach(this::defineAlias);
		for (String name : this.beanFactory.getBeanNamesForType(Workqueue.class, true, false)) {
			if (this.beanFactory.containsLocalBean(name) && !this.durable.contains(name)) {
				defineExecutor(name);
			}
		}
	}

	/**
	 * Returns what is to be allocated, by name.
	 */
	Map<String, WorkqueueSpec> allocated() {
		return this.allocated;
	}

	private void defineSystem(String name) {
		if (isFree(name, "the system queue of that name")) {
			defineQueue(name, "every workqueue subsystem");
		}
	}

	private void defineAlias(String alias, String name) {
		if (!this.beanFactory.containsLocalBean(alias)) {
			this.registry.registerAlias(name, alias);
		}
	}

	private void defineConfigured(ConfiguredQueue queue) {
		if (SystemQueues.isName(queue.name())) {
			this.mistakes.add(new Mistake(queue.property() + " configures '" + queue.name()
					+ "', which is a system queue with fixed settings.", "Choose another name for the queue."));
		}
		else if (this.beanFactory.containsLocalBean(queue.name()) && this.definitions.isQueue(queue.name())) {
			logger.warn(queue.property() + " is ignored: " + this.definitions.describe(queue.name())
					+ " takes the place of the queue");
		}
		else if (isFree(queue.name(), queue.property())) {
			defineQueue(queue);
			this.mistakes.addAll(queue.mistakes());
			if (queue.spec() != null) {
				this.allocated.put(queue.name(), queue.spec());
			}
		}
	}

	private void defineQueue(ConfiguredQueue queue) {
		if (queue.durable()) {
			this.durable.add(queue.name());
			this.registry.registerBeanDefinition(queue.name(),
					RuntimeDefinition.of(Workqueue.class,
							() -> DurableWorkqueue.before(support().queue(queue.name()), support()::durable),
							queue.property()));
		}
		else {
			defineQueue(queue.name(), queue.property());
		}
	}

	private boolean isFree(String name, String claimant) {
		if (!this.beanFactory.containsLocalBean(name)) {
			return true;
		}
		if (!this.definitions.isQueue(name)) {
			this.mistakes.add(new Mistake("The name '" + name + "' is claimed by " + claimant + " and by "
					+ this.definitions.describe(name) + ", which is no Workqueue.", "Rename the bean or the queue."));
		}
		return false;
	}

	private void defineQueue(String name, String place) {
		this.registry.registerBeanDefinition(name,
				RuntimeDefinition.of(Workqueue.class, () -> support().queue(name), place));
	}

	private void defineExecutor(String queue) {
		String name = queue + EXECUTOR_SUFFIX;
		if (this.beanFactory.containsLocalBean(name)) {
			return;
		}
		RootBeanDefinition definition = RuntimeDefinition.of(WorkqueueTaskExecutor.class,
				() -> new WorkqueueTaskExecutor(this.beanFactory.getBean(queue, Workqueue.class), support()),
				"the executor of workqueue '" + queue + "'");
		definition.setDefaultCandidate(false);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, queue));
		this.registry.registerBeanDefinition(name, definition);
	}

	private WorkSupport support() {
		return this.beanFactory.getBean(WorkSupport.BEAN_NAME, WorkSupport.class);
	}

}
