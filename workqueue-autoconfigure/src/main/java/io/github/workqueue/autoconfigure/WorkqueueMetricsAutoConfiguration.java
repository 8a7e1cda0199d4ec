package io.github.workqueue.autoconfigure;

import io.github.workqueue.Workqueues;
import io.github.workqueue.metrics.WorkqueueMetrics;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of queues and worker pools. Without a registry there
 * is no listener either, so executions cost nothing.
 */
@AutoConfiguration(after = WorkqueueAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, Workqueues.class })
public final class WorkqueueMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WorkqueueMetrics workqueueMetrics(WorkqueueInspector inspector) {
		return new WorkqueueMetrics(inspector);
	}

}
