package io.github.workqueue.spring;

import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Defines the beans of handlers: items and keyed work.
 */
final class HandlerBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	private final BeanDefinitionRegistry registry;

	private final Predicate<String> durable;

	/**
	 * Makes the definer.
	 * @param durable tells whether the queue of a name is durable
	 */
	HandlerBeans(ConfigurableListableBeanFactory beanFactory, Predicate<String> durable) {
		this.beanFactory = beanFactory;
		this.registry = (BeanDefinitionRegistry) beanFactory;
		this.durable = durable;
	}

	void define(HandlerCandidate candidate, Set<String> aliases) {
		HandlerSpec spec = Objects.requireNonNull(candidate.spec(), "a handler without mistakes has a specification");
		this.registry.registerBeanDefinition(spec.name(), definition(spec));
		String alias = candidate.alias();
		if (alias != null && aliases.contains(alias)) {
			this.registry.registerAlias(spec.name(), alias);
		}
	}

	private RootBeanDefinition definition(HandlerSpec spec) {
		return this.durable.test(spec.queue()) ? durable(spec) : inMemory(spec);
	}

	private RootBeanDefinition durable(HandlerSpec spec) {
		if (spec.isKeyed()) {
			return keyed(RuntimeDefinition.of(DurableHandlerKeyedWork.class,
					() -> new DurableHandlerKeyedWork<>(spec, support()), spec.toString()), spec.keyType());
		}
		if (spec.isDelayed()) {
			return RuntimeDefinition.of(DurableHandlerItem.Delayed.class,
					() -> new DurableHandlerItem.Delayed(spec, support()), spec.toString());
		}
		return RuntimeDefinition.of(DurableHandlerItem.class, () -> new DurableHandlerItem(spec, support()),
				spec.toString());
	}

	private RootBeanDefinition inMemory(HandlerSpec spec) {
		if (spec.batchSize() > 0) {
			return keyed(RuntimeDefinition.of(HandlerBatchWork.class, () -> new HandlerBatchWork<>(spec, support()),
					spec.toString()), spec.keyType());
		}
		if (spec.isKeyed()) {
			return keyed(RuntimeDefinition.of(HandlerKeyedWork.class, () -> new HandlerKeyedWork<>(spec, support()),
					spec.toString()), spec.keyType());
		}
		if (spec.isDelayed()) {
			return RuntimeDefinition.of(HandlerDelayedWorkItem.class, () -> new HandlerDelayedWorkItem(spec, support()),
					spec.toString());
		}
		return RuntimeDefinition.of(HandlerWorkItem.class, () -> new HandlerWorkItem(spec, support()), spec.toString());
	}

	private WorkSupport support() {
		return this.beanFactory.getBean(WorkSupport.BEAN_NAME, WorkSupport.class);
	}

	/** Lets injection points ask for the type of the keys, where it is known. */
	private static RootBeanDefinition keyed(RootBeanDefinition definition, @Nullable ResolvableType keyType) {
		if (keyType != null && keyType.resolve() != null && !keyType.hasUnresolvableGenerics()) {
			definition.setTargetType(ResolvableType.forClassWithGenerics(definition.getBeanClass(), keyType));
		}
		return definition;
	}

}
