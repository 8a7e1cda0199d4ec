package io.github.workqueue.spring;

import java.util.function.Supplier;

import org.springframework.beans.factory.aot.BeanRegistrationExcludeFilter;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Definitions that {@link WorkqueueBeans} makes at every start, so that they are no part
 * of what is generated ahead of time: the types of keys need not be accessible to
 * generated code, and nothing is made by reflection.
 */
final class RuntimeDefinition implements BeanRegistrationExcludeFilter {

	private static final String ATTRIBUTE = RuntimeDefinition.class.getName();

	static <T> RootBeanDefinition of(Class<T> type, Supplier<? extends T> supplier, String place) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setInstanceSupplier(supplier);
		definition.setResourceDescription(place);
		definition.setDependsOn(WorkSupport.BEAN_NAME);
		definition.setAttribute(ATTRIBUTE, true);
		return definition;
	}

	@Override
	public boolean isExcludedFromAotProcessing(RegisteredBean registeredBean) {
		return registeredBean.getMergedBeanDefinition().hasAttribute(ATTRIBUTE);
	}

}
