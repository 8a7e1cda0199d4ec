package io.github.workqueue.readme;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;
import io.github.workqueue.autoconfigure.WorkqueueAutoConfiguration;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The application of the README's test.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(WorkqueueAutoConfiguration.class)
@Import(SearchIndex.class)
class ReadmeApplication {

	@Bean
	Workqueue media(Workqueues workqueues) {
		return workqueues.alloc(WorkqueueSpec.named("media").flags(WorkqueueFlag.UNBOUND).maxActive(4));
	}

}
