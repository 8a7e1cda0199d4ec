package io.github.workqueue.autoconfigure;

import java.util.List;

import io.github.workqueue.Workqueues;
import io.github.workqueue.actuate.endpoint.RecentExecutions;
import io.github.workqueue.actuate.endpoint.WorkerpoolsEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueueUiEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpointWebExtension;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.health.WorkqueueHealthIndicator;
import io.github.workqueue.metrics.WorkqueueMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

/**
 * What comes with Actuator, health and Micrometer, and stays away without them.
 */
class ActuatorAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(WorkqueueAutoConfiguration.class,
			WorkqueueEndpointAutoConfiguration.class, WorkqueueHealthContributorAutoConfiguration.class,
			WorkqueueMetricsAutoConfiguration.class, EndpointAutoConfiguration.class);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(CONFIGURATIONS);

	@Test
	void endpointsAreNotExposedByDefault() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(WorkqueuesEndpoint.class)
			.doesNotHaveBean(WorkerpoolsEndpoint.class)
			.doesNotHaveBean(WorkqueueUiEndpoint.class));
	}

	@Test
	void nothingIsRememberedForAPageThatNobodyCanSee() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("management.endpoints.web.exposure.include=workqueues,workerpools",
					"management.endpoints.jmx.exposure.include=*", "spring.jmx.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkqueueUiEndpoint.class)
				.doesNotHaveBean(RecentExecutions.class));
	}

	@Test
	void endpointsComeWhenTheyAreExposed() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("management.endpoints.web.exposure.include=workqueues,workerpools")
			.run((context) -> assertThat(context).hasSingleBean(WorkqueuesEndpoint.class)
				.hasSingleBean(WorkqueuesEndpointWebExtension.class)
				.hasSingleBean(WorkerpoolsEndpoint.class));
	}

	@Test
	void anEndpointWithoutAccessStaysAway() {
		this.runner
			.withPropertyValues("management.endpoints.jmx.exposure.include=*", "spring.jmx.enabled=true",
					"management.endpoint.workqueues.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkqueuesEndpoint.class)
				.hasSingleBean(WorkerpoolsEndpoint.class));
	}

	@Test
	void withoutActuatorNothingIsMissed() {
		this.runner.withClassLoader(new FilteredClassLoader(Endpoint.class, ConditionalOnAvailableEndpoint.class))
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Workqueues.class)
				.doesNotHaveBean("workqueuesEndpoint"));
	}

	@Test
	void healthIsUpWhileNothingIsStuck() {
		this.runner.run((context) -> {
			Health health = context.getBean("workqueueHealthContributor", WorkqueueHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).isEmpty();
		});
	}

	@Test
	void healthCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.workqueue.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkqueueHealthIndicator.class));
	}

	@Test
	void aHealthContributorOfTheUserStays() {
		HealthIndicator own = () -> Health.unknown().build();
		this.runner.withBean("workqueueHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).hasSingleBean(HealthIndicator.class)
				.getBean(HealthIndicator.class)
				.isSameAs(own));
	}

	@Test
	void withoutHealthNothingIsMissed() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("workqueueHealthContributor"));
	}

	@Test
	void metersNeedARegistry() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WorkqueueMetrics.class));
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasSingleBean(WorkqueueMetrics.class));
	}

	@Test
	void withoutMicrometerNothingIsMissed() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("workqueueMetrics"));
	}

	/** Story of an engine that nobody could see, since its bean was an interface. */
	@Test
	void anEngineOfTheUserIsSeenThoughItsBeanIsAnInterface() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withUserConfiguration(OwnEngine.class)
			.run((context) -> {
				context.getBean(Workqueues.class).alloc("own", 1);
				assertThat(context.getBean(WorkqueuesEndpoint.class).workqueues().toString()).contains("own");
				assertThat(context).hasSingleBean(WorkerpoolsEndpoint.class).hasSingleBean(WorkqueueUiEndpoint.class);
				assertThat(context.getBean(WorkqueueHealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
				assertThat(context).hasSingleBean(WorkqueueMetrics.class);
			});
	}

	@Test
	void anEngineThatIsNotOursShowsNothing() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.withBean(Workqueues.class, () -> mock(Workqueues.class, RETURNS_DEEP_STUBS))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(WorkerpoolsEndpoint.class).workerpools().get("pools")).isEqualTo(List.of());
				assertThat(context.getBean(WorkqueueHealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEngine {

		@Bean
		Workqueues engine() {
			return WorkqueueEngine.start(EngineSettings.builder().cpus(1).build());
		}

	}

}
