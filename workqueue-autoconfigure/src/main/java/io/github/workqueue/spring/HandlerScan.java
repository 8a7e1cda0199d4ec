package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.PropertyResolver;

/**
 * Searches the types that bean definitions declare for handlers; makes no bean.
 */
final class HandlerScan {

	private final ConfigurableListableBeanFactory beanFactory;

	private final PropertyResolver properties;

	private final List<Mistake> mistakes;

	HandlerScan(ConfigurableListableBeanFactory beanFactory, PropertyResolver properties, List<Mistake> mistakes) {
		this.beanFactory = beanFactory;
		this.properties = properties;
		this.mistakes = mistakes;
	}

	List<HandlerCandidate> all() {
		BeanDefinitionView definitions = new BeanDefinitionView(this.beanFactory);
		List<HandlerCandidate> candidates = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanDefinitionNames()) {
			if (isCandidate(beanName)) {
				Class<?> type = definitions.declaredType(beanName);
				if (type != null) {
					candidates.addAll(of(beanName, type));
				}
			}
		}
		return candidates;
	}

	private boolean isCandidate(String beanName) {
		return !ScopedProxyUtils.isScopedTarget(beanName) && !this.beanFactory.getBeanDefinition(beanName).isAbstract();
	}

	private List<HandlerCandidate> of(String beanName, Class<?> type) {
		List<AnnotatedMethod> methods = new ArrayList<>(AnnotatedMethod.of(type));
		methods.sort(Comparator.comparing(AnnotatedMethod::signature));
		return methods.stream()
			.map((method) -> new HandlerReader(this.properties, this.mistakes, beanName, type, method)
				.read(isSingleton(beanName)))
			.toList();
	}

	private boolean isSingleton(String beanName) {
		BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(beanName);
		if (definition instanceof RootBeanDefinition root) {
			BeanDefinitionHolder decorated = root.getDecoratedDefinition();
			if (decorated != null) {
				return this.beanFactory.getMergedBeanDefinition(decorated.getBeanName()).isSingleton();
			}
		}
		return definition.isSingleton();
	}

}
