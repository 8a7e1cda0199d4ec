package io.github.workqueue.readme;

import io.github.workqueue.spring.WorkqueueConfigurer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The README's work without annotations.
 */
@Configuration(proxyBeanMethods = false)
class Registration {

	@Bean
	WorkqueueConfigurer journal() {
		return (workqueues) -> {
			workqueues.allocOrdered("journal");
			workqueues.initWork("sweep", workqueues.get("journal"), (work) -> System.out.println("swept")).schedule();
		};
	}

}
