package io.github.workqueue.spring;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Tells a native image what key expressions may read. Handlers themselves need no hint of
 * this kind: their annotations are reflective.
 */
final class KeyHints implements BeanFactoryInitializationAotProcessor {

	private static final BindingReflectionHintsRegistrar BINDING = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		List<HandlerSpec> handlers = beanFactory.getBeanProvider(WorkqueueBeans.class)
			.stream()
			.flatMap((beans) -> beans.handlers().stream())
			.toList();
		if (handlers.isEmpty()) {
			return null;
		}
		return (generation, code) -> handlers
			.forEach((handler) -> register(handler, generation.getRuntimeHints().reflection()));
	}

	private static void register(HandlerSpec handler, ReflectionHints hints) {
		ResolvableType keyType = handler.keyType();
		if (handler.key() != null && keyType != null) {
			BINDING.registerReflectionHints(hints, keyType.getType());
			hints.registerType(keyType.resolve(Object.class), MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

}
