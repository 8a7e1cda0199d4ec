package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Looks for the mistakes that only finished beans show: handlers that a proxy hides,
 * handlers that no definition declares, and those of factories. Beans that do not exist
 * yet are left alone.
 */
final class FinishedBeanCheck {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Collection<HandlerSpec> handlers;

	FinishedBeanCheck(ConfigurableListableBeanFactory beanFactory, Collection<HandlerSpec> handlers) {
		this.beanFactory = beanFactory;
		this.handlers = handlers;
	}

	void check() {
		List<Mistake> mistakes = new ArrayList<>();
		this.handlers.forEach((handler) -> checkCallee(handler, mistakes));
		Map<Object, Set<String>> declared = declaredHandlers();
		for (String name : this.beanFactory.getSingletonNames()) {
			Object bean = finished(name);
			if (bean != null && !ScopedProxyUtils.isScopedTarget(name)) {
				checkDeclared(name, bean, declared, mistakes);
			}
			else if (bean == null) {
				checkFactory(name, mistakes);
			}
		}
		if (!mistakes.isEmpty()) {
			throw new WorkqueueMistakesException(mistakes);
		}
	}

	private @Nullable Object finished(String name) {
		Object bean = this.beanFactory.getSingleton(name);
		return (bean instanceof FactoryBean) ? null : bean;
	}

	private void checkCallee(HandlerSpec handler, List<Mistake> mistakes) {
		Object bean = finished(handler.beanName());
		String problem = (bean != null) ? Callee.of(bean, handler.method()).problem() : null;
		if (problem != null) {
			mistakes.add(new Mistake("Handler " + handler + " " + problem + ".",
					"Make the method visible to the proxy: neither private nor final, and with a JDK proxy a method of an"
							+ " interface of the bean; or move it to a bean without advice."));
		}
	}

	/**
	 * Returns the signatures of the handlers of each object, as all its definitions
	 * together declare them.
	 */
	private Map<Object, Set<String>> declaredHandlers() {
		Map<Object, Set<String>> declared = new IdentityHashMap<>();
		for (HandlerSpec handler : this.handlers) {
			Object bean = finished(handler.beanName());
			if (bean != null) {
				declared.computeIfAbsent(identity(bean), (object) -> new HashSet<>()).add(handler.signature());
			}
		}
		return declared;
	}

	private static Object identity(Object bean) {
		Object target = AopProxyUtils.getSingletonTarget(bean);
		return (target != null) ? identity(target) : bean;
	}

	private void checkDeclared(String name, Object bean, Map<Object, Set<String>> declared, List<Mistake> mistakes) {
		Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
		Set<String> known = declared.getOrDefault(identity(bean), Set.of());
		for (AnnotatedMethod method : AnnotatedMethod.of(type)) {
			if (!known.contains(method.signature())) {
				mistakes.add(new Mistake(
						"Handler " + HandlerSpec.describe(name, type, method.method())
								+ " is not seen: the definition of the bean does not declare that class.",
						"Let the definition declare the class, as the return type of the @Bean method for instance."));
			}
		}
	}

	private void checkFactory(String name, List<Mistake> mistakes) {
		if (this.beanFactory.getSingleton(name) instanceof FactoryBean<?> factory) {
			Class<?> type = ClassUtils.getUserClass(factory);
			for (AnnotatedMethod method : AnnotatedMethod.of(type)) {
				mistakes.add(new Mistake(
						"Handler " + HandlerSpec.describe(name, type, method.method())
								+ " is not seen: the bean is what this factory makes, not the factory.",
						"Move the method to a bean of its own."));
			}
		}
	}

}
