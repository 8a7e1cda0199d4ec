package io.github.workqueue.spring;

import java.util.Objects;
import java.util.Set;

import io.github.workqueue.KeyedWork;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Defines the beans of handlers: items and keyed work.
 */
final class HandlerBeans {

	private final BeanDefinitionRegistry registry;

	HandlerBeans(ConfigurableListableBeanFactory beanFactory) {
		this.registry = (BeanDefinitionRegistry) beanFactory;
	}

	void define(HandlerDraft draft, Set<String> aliases) {
		HandlerSpec spec = Objects.requireNonNull(draft.spec(), "a handler without mistakes has a specification");
		RootBeanDefinition definition = new RootBeanDefinition(beanClass(spec));
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, spec.name());
		definition.setResourceDescription(spec.toString());
		ResolvableType keyType = spec.keyType();
		if (keyType != null) {
			definition.setTargetType(keyedWorkOf(keyType));
		}
		this.registry.registerBeanDefinition(spec.name(), definition);
		if (isAlias(draft.alias(), aliases)) {
			this.registry.registerAlias(spec.name(), String.valueOf(draft.alias()));
		}
	}

	private static boolean isAlias(@Nullable String alias, Set<String> aliases) {
		return alias != null && aliases.contains(alias);
	}

	private static Class<?> beanClass(HandlerSpec spec) {
		if (spec.batchSize() > 0) {
			return HandlerBatchWork.class;
		}
		if (spec.isKeyed()) {
			return HandlerKeyedWork.class;
		}
		return spec.isDelayed() ? HandlerDelayedWorkItem.class : HandlerWorkItem.class;
	}

	private static ResolvableType keyedWorkOf(ResolvableType keyType) {
		return (keyType.resolve() == null || keyType.hasUnresolvableGenerics())
				? ResolvableType.forClass(KeyedWork.class)
				: ResolvableType.forClassWithGenerics(KeyedWork.class, keyType);
	}

}
