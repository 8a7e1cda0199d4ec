package io.github.workqueue.autoconfigure;

import io.github.workqueue.KeyedWork;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/**
 * Context runners with what the tests need.
 */
final class WorkqueueRunner {

	/** For applications that need no database, which would take most of their start. */
	static final String WITHOUT_DATABASE = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
			+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration";

	private WorkqueueRunner() {
	}

	static ApplicationContextRunner plain() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WorkqueueAutoConfiguration.class,
					WorkqueueObservationAutoConfiguration.class, WorkqueueTransactionAutoConfiguration.class,
					TaskExecutionAutoConfiguration.class, AopAutoConfiguration.class))
			.withBean(Calls.class);
	}

	/** With an embedded database and annotated transactions. */
	static ApplicationContextRunner transactional() {
		return plain()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class))
			.withPropertyValues("spring.datasource.generate-unique-name=true");
	}

	@SuppressWarnings("unchecked")
	static <K> KeyedWork<K> keyed(BeanFactory context, String name) {
		return context.getBean(name, KeyedWork.class);
	}

}
