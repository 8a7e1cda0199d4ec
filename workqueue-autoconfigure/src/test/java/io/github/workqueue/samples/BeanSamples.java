package io.github.workqueue.samples;

import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.autoconfigure.EngineSettingsCustomizer;
import io.github.workqueue.autoconfigure.WorkqueueLimits;
import io.github.workqueue.spring.DefaultWorkObservationConvention;
import io.github.workqueue.spring.WorkObservationContext;
import io.github.workqueue.spring.WorkObservationConvention;
import io.github.workqueue.spring.WorkqueueConfigurer;
import io.github.workqueue.spring.WorkqueueSpecCustomizer;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

/**
 * Samples of the Javadoc: beans.
 */
class BeanSamples {

	@Bean
	WorkFailureHandler alarm(Pager pager) {
		return (failure) -> pager.send(failure.work() + " failed " + failure.attempts() + " times", failure.cause());
	}

	@Bean
	WorkqueueConfigurer journal() {
		return (workqueues) -> {
			workqueues.allocOrdered("journal");
			workqueues.initWork("sweep", workqueues.get("journal"), (work) -> System.out.println("swept")).schedule();
		};
	}

	@Bean
	WorkqueueSpecCustomizer aTenthForReports(@Value("${pool.size}") int connections) {
		return (spec) -> spec.name().equals("reports") ? spec.maxActive(connections / 10) : spec;
	}

	@Bean
	EngineSettingsCustomizer twoCpus() {
		return (settings) -> settings.cpus(2);
	}

	@Bean
	WorkObservationConvention byQueue() {
		return new DefaultWorkObservationConvention() {

			@Override
			public String getContextualName(WorkObservationContext context) {
				return context.getQueue() + " " + context.getWork();
			}

		};
	}

	void changed(WorkqueueLimits limits) {
		limits.refresh(); // the environment has another max-active
	}

	interface Pager {

		void send(String text, Throwable cause);

	}

}
