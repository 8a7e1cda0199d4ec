package io.github.workqueue.autoconfigure;

import io.github.workqueue.Workqueues;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.TimeSource;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.spring.ContextInterceptor;
import io.github.workqueue.spring.WorkSupport;
import io.github.workqueue.spring.WorkqueueBeans;
import io.github.workqueue.spring.WorkqueueLifecycle;
import io.github.workqueue.spring.WorkqueueSpecCustomizer;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the workqueue subsystem: the engine, a bean for every queue, and
 * one for every method that is annotated as work.
 */
@AutoConfiguration
@EnableConfigurationProperties(WorkqueueProperties.class)
public final class WorkqueueAutoConfiguration {

	@Bean
	static WorkqueueBeans workqueueBeans(Environment environment, ObjectProvider<WorkqueueSpecCustomizer> customizers) {
		return new WorkqueueBeans(environment, ConfigurationReader.read(environment), customizers);
	}

	@Bean
	static ConfiguredQueueAllocator workqueueConfiguredQueueAllocator(ObjectProvider<WorkqueueBeans> beans) {
		return new ConfiguredQueueAllocator(beans);
	}

	@Bean
	static WorkqueueLazyInitializationExcludeFilter workqueueLazyInitializationExcludeFilter() {
		return new WorkqueueLazyInitializationExcludeFilter();
	}

	@Bean
	WorkListeners workqueueListeners(ListableBeanFactory beanFactory) {
		return new WorkListeners(beanFactory);
	}

	@Bean
	ContextInterceptor workqueueContextInterceptor(ObjectProvider<WorkSupport> support) {
		return new ContextInterceptor(support);
	}

	@Bean(destroyMethod = "shutdown")
	@ConditionalOnMissingBean(value = Workqueues.class, search = SearchStrategy.CURRENT)
	WorkqueueEngine workqueues(WorkqueueProperties properties, Environment environment, WorkListeners listeners,
			ObjectProvider<TimeSource> timeSource, ObjectProvider<EngineSettingsCustomizer> customizers,
			ContextInterceptor interceptor) {
		EngineSettings.Builder settings = EngineSettings.builder()
			.listener(listeners.listener())
			.interceptor(interceptor)
			.held(true);
		timeSource.ifAvailable(settings::timeSource);
		new SettingsMapper(properties, environment).map(settings);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(settings));
		EngineSettings built = settings.build();
		if (built.interceptor() == interceptor) {
			interceptor.attach();
		}
		return WorkqueueEngine.start(built);
	}

	/**
	 * For an engine whose bean is declared by its interface. The engine is not another
	 * bean by that: once it exists it is preferred, and its life is that of its own bean.
	 */
	@Bean(destroyMethod = "")
	@Fallback
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	WorkqueueInspector workqueueInspector(Workqueues workqueues) {
		return UnknownEngine.inspectorOf(workqueues);
	}

	@Bean(WorkSupport.BEAN_NAME)
	WorkSupport workqueueSupport(Workqueues workqueues, WorkqueueBeans beans, ContextInterceptor interceptor,
			ConfigurableApplicationContext context, ObjectProvider<TimeSource> timeSource) {
		TimeSource time = (workqueues instanceof WorkqueueEngine engine) ? engine.timeSource()
				: timeSource.getIfAvailable(() -> TimeSource.SYSTEM);
		return new WorkSupport(workqueues, beans, interceptor, context, time::nanoTime);
	}

	@Bean
	WorkqueueLifecycle workqueueLifecycle(Workqueues workqueues, WorkSupport support,
			ConfigurableApplicationContext context) {
		return new WorkqueueLifecycle(workqueues, EngineOwnership.of(workqueues, context.getBeanFactory()), support,
				context);
	}

	@Bean
	@ConditionalOnMissingBean
	WorkqueueLimits workqueueLimits(Workqueues workqueues, WorkqueueBeans beans, Environment environment) {
		return new WorkqueueLimits(workqueues, beans, environment);
	}

}
