package io.github.workqueue.autoconfigure;

import io.github.workqueue.spring.DefaultWorkObservationConvention;
import io.github.workqueue.spring.ObservationExecutionObserver;
import io.github.workqueue.spring.WorkObservationConvention;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the observation of executions.
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class WorkqueueObservationAutoConfiguration {

	@Bean
	ObservationExecutionObserver workqueueExecutionObserver(ObservationRegistry registry,
			ObjectProvider<WorkObservationConvention> convention) {
		return new ObservationExecutionObserver(registry,
				convention.getIfAvailable(DefaultWorkObservationConvention::new));
	}

}
