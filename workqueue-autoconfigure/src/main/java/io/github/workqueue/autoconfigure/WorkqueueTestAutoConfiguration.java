package io.github.workqueue.autoconfigure;

import java.time.Duration;

import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.test.AutoConfigureWorkqueues.Mode;
import io.github.workqueue.test.WorkqueueTester;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what {@code @AutoConfigureWorkqueues} asks for.
 */
@AutoConfiguration(before = WorkqueueAutoConfiguration.class)
@ConditionalOnProperty(WorkqueueTestAutoConfiguration.MODE)
public final class WorkqueueTestAutoConfiguration {

	static final String MODE = "workqueue.test.mode";

	@Bean
	EngineTester workqueueTester(WorkqueueEngine engine, Environment environment, ObjectProvider<ManualClock> clock) {
		return new EngineTester(engine, environment.getRequiredProperty(MODE, Mode.class), clock.getIfAvailable());
	}

	@Bean
	@ConditionalOnProperty(name = MODE, havingValue = "inline")
	InlineRequests workqueueInlineRequests(ObjectProvider<WorkqueueTester> tester) {
		return new InlineRequests(tester);
	}

	/** Everything but mode REAL. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(NotRealCondition.class)
	static class ManualClockConfiguration {

		@Bean
		ManualClock workqueueManualClock() {
			return new ManualClock();
		}

		/** Time that is turned by hand passes in leaps, which are no stalls. */
		@Bean
		EngineSettingsCustomizer workqueueManualClockCustomizer() {
			return (settings) -> settings.watchdogThreshold(Duration.ZERO);
		}

	}

	static final class NotRealCondition extends NoneNestedConditions {

		NotRealCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty(name = MODE, havingValue = "real")
		static final class Real {

		}

	}

}
