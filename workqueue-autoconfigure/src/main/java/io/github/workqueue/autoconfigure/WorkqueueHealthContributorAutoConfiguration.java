package io.github.workqueue.autoconfigure;

import io.github.workqueue.Workqueues;
import io.github.workqueue.health.WorkqueueHealthIndicator;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.spring.DurableBackend;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the worker pools.
 */
@AutoConfiguration(after = WorkqueueAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Workqueues.class)
public final class WorkqueueHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("workqueue")
	@ConditionalOnMissingBean(name = { "workqueueHealthIndicator", "workqueueHealthContributor" })
	WorkqueueHealthIndicator workqueueHealthContributor(WorkqueueInspector inspector,
			ObjectProvider<DurableBackend> durable) {
		return new WorkqueueHealthIndicator(inspector, () -> outage(durable));
	}

	private static @Nullable Throwable outage(ObjectProvider<DurableBackend> durable) {
		DurableBackend backend = durable.getIfAvailable();
		return (backend != null) ? backend.outage() : null;
	}

}
