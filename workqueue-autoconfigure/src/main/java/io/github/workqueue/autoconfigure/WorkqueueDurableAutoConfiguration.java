package io.github.workqueue.autoconfigure;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.github.workqueue.Workqueues;
import io.github.workqueue.durable.DurableWorks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Auto-configuration of durable queues.
 */
@AutoConfiguration(after = WorkqueueAutoConfiguration.class,
		afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration" })
@ConditionalOnClass({ Scheduler.class, JsonMapper.class, JdbcClient.class })
@ConditionalOnSingleCandidate(DataSource.class)
@Conditional(OnDurableQueueCondition.class)
public final class WorkqueueDurableAutoConfiguration {

	@Bean(destroyMethod = "close")
	DurableWorks workqueueDurableWorks(WorkqueueProperties properties, DataSource dataSource) {
		return DurableOpener.open(properties, dataSource);
	}

	@Bean
	DurableWorksBackend workqueueDurableBackend(DurableWorks works) {
		return new DurableWorksBackend(works);
	}

	/** Takes the place of the engine wherever queues are shown. */
	@Bean
	@Primary
	DurableInspector workqueueDurableInspector(Workqueues workqueues, DurableWorks works,
			WorkqueueProperties properties) {
		return new DurableInspector(UnknownEngine.inspectorOf(workqueues), works, properties.durableQueues());
	}

	@Bean
	DurableLifecycle workqueueDurableLifecycle(DurableWorks works, ConfigurableApplicationContext context) {
		return new DurableLifecycle(works, context);
	}

}
