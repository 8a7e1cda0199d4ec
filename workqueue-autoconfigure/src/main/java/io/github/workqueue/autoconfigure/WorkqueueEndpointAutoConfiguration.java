package io.github.workqueue.autoconfigure;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueues;
import io.github.workqueue.actuate.endpoint.KnownWorks;
import io.github.workqueue.actuate.endpoint.RecentExecutions;
import io.github.workqueue.actuate.endpoint.WorkerpoolsEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueueUiEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpointWebExtension;
import io.github.workqueue.snapshot.WorkqueueInspector;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoints that show queues and worker pools.
 */
@AutoConfiguration(after = WorkqueueAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(Workqueues.class)
@EnableConfigurationProperties(WorkqueueEndpointProperties.class)
public final class WorkqueueEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	WorkqueuesEndpoint workqueuesEndpoint(WorkqueueInspector inspector, Workqueues workqueues,
			ObjectProvider<KeyedWork<?>> keyed, WorkqueueEndpointProperties properties,
			ObjectProvider<SanitizingFunction> sanitizingFunctions) {
		KnownWorks works = new KnownWorks(keyed::stream);
		return new WorkqueuesEndpoint(inspector, workqueues, works, properties.getShowValues(),
				sanitizingFunctions.orderedStream().toList());
	}

	@Bean
	@ConditionalOnBean(WorkqueuesEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	WorkqueuesEndpointWebExtension workqueuesEndpointWebExtension(WorkqueuesEndpoint endpoint,
			WorkqueueEndpointProperties properties) {
		return new WorkqueuesEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	WorkerpoolsEndpoint workerpoolsEndpoint(WorkqueueInspector inspector) {
		return new WorkerpoolsEndpoint(inspector);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = WorkqueueUiEndpoint.class, exposure = EndpointExposure.WEB)
	RecentExecutions workqueueRecentExecutions() {
		return new RecentExecutions();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	WorkqueueUiEndpoint workqueueUiEndpoint(ObjectProvider<WebEndpointsSupplier> endpoints,
			WorkqueueInspector inspector, RecentExecutions recent, WorkqueueEndpointProperties properties,
			ObjectProvider<SanitizingFunction> sanitizingFunctions) {
		return new WorkqueueUiEndpoint(endpoints, inspector, recent, properties.getShowValues(), properties.getRoles(),
				sanitizingFunctions.orderedStream().toList());
	}

}
