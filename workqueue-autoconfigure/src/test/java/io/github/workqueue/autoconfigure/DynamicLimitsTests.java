package io.github.workqueue.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Limits that change while the application runs.
 */
class DynamicLimitsTests {

	private static final String MAX = "workqueue.queues.media.max-active";

	private static final String MIN = "workqueue.queues.media.min-active";

	private final Map<String, Object> properties = new HashMap<>(Map.of("workqueue.queues.media.type", "unbound",
			"workqueue.queues.media.sysfs", "true", "workqueue.queues.journal.type", "ordered", MAX, "4", MIN, "2",
			"management.endpoints.web.exposure.include", "*", "management.endpoint.workqueues.access", "UNRESTRICTED"));

	private final ApplicationContextRunner runner = WorkqueueRunner.plain()
		.withConfiguration(AutoConfigurations.of(WorkqueueEndpointAutoConfiguration.class))
		.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("changing", this.properties)));

	@Test
	void aRefreshOfTheEnvironmentChangesLimits() {
		this.runner.run((context) -> {
			this.properties.put(MAX, "9");
			this.properties.put(MIN, "5");
			publishChange(context);
			assertLimits(context, 9, 5);
			this.properties.put(MAX, "3");
			this.properties.put(MIN, "3");
			publishChange(context);
			assertLimits(context, 3, 3);
		});
	}

	@Test
	void otherEventsChangeNothing() {
		this.runner.run((context) -> {
			this.properties.put(MAX, "9");
			context.publishEvent("an event");
			assertLimits(context, 4, 2);
		});
	}

	@Test
	void whatTheEndpointHasSetStaysUntilThePropertyChanges() {
		this.runner.run((context) -> {
			WorkqueuesEndpoint endpoint = context.getBean(WorkqueuesEndpoint.class);
			endpoint.change("media", 6, 1, null, null, null);
			publishChange(context);
			assertLimits(context, 6, 1);
			this.properties.put(MAX, "7");
			publishChange(context);
			assertLimits(context, 7, 2);
		});
	}

	@Test
	void aRemovedPropertyLeavesTheLimit() {
		this.runner.run((context) -> {
			this.properties.remove(MAX);
			publishChange(context);
			assertLimits(context, 4, 2);
		});
	}

	@Test
	void aMistakeIsNamedAndNothingIsChanged() {
		this.runner.run((context) -> {
			this.properties.put(MAX, "4096");
			WorkqueueLimits limits = context.getBean(WorkqueueLimits.class);
			assertThatIllegalStateException().isThrownBy(limits::refresh)
				.withMessageContainingAll("'media'", MAX, "4096", "2048");
			assertLimits(context, 4, 2);
			this.properties.put(MAX, "5");
			limits.refresh();
			assertLimits(context, 5, 2);
		});
	}

	@Test
	void aQueueOfTheUserIsLeftAlone() {
		this.runner.withUserConfiguration(OwnQueue.class).run((context) -> {
			this.properties.put(MAX, "9");
			publishChange(context);
			assertLimits(context, 8, 8);
		});
	}

	private static void publishChange(ConfigurableApplicationContext context) {
		context.publishEvent(new EnvironmentChangeEvent(Set.of(MAX)));
	}

	private static void assertLimits(ConfigurableApplicationContext context, int max, int min) {
		Workqueue media = context.getBean("media", Workqueue.class);
		assertThat(media.maxActive()).isEqualTo(max);
		assertThat(media.minActive()).isEqualTo(min);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnQueue {

		@Bean
		Workqueue media(Workqueues workqueues) {
			return workqueues.alloc(WorkqueueSpec.named("media").flags(WorkqueueFlag.UNBOUND).maxActive(8));
		}

	}

}
