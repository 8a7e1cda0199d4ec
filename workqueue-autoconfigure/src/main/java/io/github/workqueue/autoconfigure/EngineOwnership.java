package io.github.workqueue.autoconfigure;

import java.util.Arrays;

import io.github.workqueue.Workqueues;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.spring.EngineControl;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Finds out what a context may do with its engine: it ends those that are defined in it,
 * unless the definition says that there is nothing to destroy.
 */
final class EngineOwnership {

	private static final Runnable NOTHING = () -> {
	};

	private EngineOwnership() {
	}

	static EngineControl of(Workqueues workqueues, ConfigurableListableBeanFactory beanFactory) {
		if (workqueues instanceof WorkqueueEngine engine && isDefined(engine, beanFactory)) {
			boolean stepped = beanFactory.getBeanProvider(EngineTester.class)
				.stream()
				.anyMatch(EngineTester::isStepped);
			return new EngineControl(stepped ? NOTHING : engine::release, engine::shutdown);
		}
		return new EngineControl(NOTHING, NOTHING);
	}

	private static boolean isDefined(WorkqueueEngine engine, ConfigurableListableBeanFactory beanFactory) {
		return Arrays.stream(beanFactory.getBeanNamesForType(WorkqueueEngine.class, true, false))
			.filter((name) -> beanFactory.containsBeanDefinition(name) && beanFactory.getSingleton(name) == engine)
			.anyMatch((name) -> isDestroyed(beanFactory.getBeanDefinition(name)));
	}

	private static boolean isDestroyed(BeanDefinition definition) {
		return !(definition instanceof AbstractBeanDefinition bean && "".equals(bean.getDestroyMethodName()));
	}

}
