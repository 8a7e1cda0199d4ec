package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.List;

import io.github.workqueue.Workqueue;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * What bean definitions say about beans that do not exist yet.
 */
final class BeanDefinitionView {

	private static final Log logger = LogFactory.getLog(BeanDefinitionView.class);

	private final ConfigurableListableBeanFactory beanFactory;

	BeanDefinitionView(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Returns the class that the definition declares, null if there is none that can be
	 * known without making the bean.
	 */
	@Nullable Class<?> declaredType(String beanName) {
		try {
			Class<?> type = this.beanFactory.getType(beanName, false);
			return (type != null) ? ClassUtils.getUserClass(type) : null;
		}
		catch (BeansException | LinkageError ex) {
			logger.debug("Bean '" + beanName + "' is not searched for handlers, its type is not known", ex);
			return null;
		}
	}

	/**
	 * Tells whether a bean of this context or an ancestor is a queue.
	 */
	boolean isQueue(String name) {
		return this.beanFactory.containsBean(name) && this.beanFactory.isTypeMatch(name, Workqueue.class);
	}

	/**
	 * Returns the names of all queues, aliases included.
	 */
	List<String> queueNames() {
		List<String> names = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForType(Workqueue.class, true, false)) {
			names.add(name);
			names.addAll(List.of(this.beanFactory.getAliases(name)));
		}
		return names;
	}

	/**
	 * Says for people where a bean comes from.
	 */
	String describe(String name) {
		String beanName = name;
		for (String alias : this.beanFactory.getAliases(name)) {
			if (this.beanFactory.containsBeanDefinition(alias)) {
				beanName = alias;
			}
		}
		if (!this.beanFactory.containsBeanDefinition(beanName)) {
			return "bean '" + name + "', which was registered as an object";
		}
		BeanDefinition definition = this.beanFactory.getBeanDefinition(beanName);
		Class<?> type = declaredType(beanName);
		StringBuilder place = new StringBuilder("bean '").append(name).append("'");
		if (type != null) {
			place.append(" of type ").append(type.getName());
		}
		if (definition.getFactoryMethodName() != null) {
			place.append(", made by ").append(factory(definition));
		}
		if (definition.getResourceDescription() != null) {
			place.append(", defined in ").append(definition.getResourceDescription());
		}
		return place.toString();
	}

	private String factory(BeanDefinition definition) {
		String factoryBean = definition.getFactoryBeanName();
		Class<?> type = (factoryBean != null) ? declaredType(factoryBean) : null;
		String owner = (type != null) ? type.getName() : String.valueOf(definition.getBeanClassName());
		return owner + "." + definition.getFactoryMethodName() + "()";
	}

}
