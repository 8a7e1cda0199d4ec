package io.github.workqueue.autoconfigure;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.annotation.Enqueue;
import io.github.workqueue.annotation.Work;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Requests that wait for the commit of a JPA transaction, and handlers that have one.
 */
class JpaTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.transactional()
		.withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
		.withPropertyValues("spring.jpa.hibernate.ddl-auto=create-drop", "workqueue.queues.journal.type=ordered")
		.withUserConfiguration(Application.class, Handlers.class);

	@Test
	void theHandlerSeesWhatWasCommittedAndNothingIsHeldAfterwards() {
		this.runner.run((context) -> {
			assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
			transaction(context, TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult((status) -> {
				entities(context).persist(new Bill("a"));
				assertThat(bill(context).schedule("a")).isTrue();
				assertThat(bill(context).schedule("a")).isFalse();
				assertThat(bill(context).size()).isZero();
			});
			context.getBean(Calls.class).awaitExactly("a found");
			assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
			assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
			assertThat(bill(context).schedule("b")).isTrue();
			context.getBean(Calls.class).awaitExactly("a found", "b missing");
		});
	}

	@Test
	void aRollbackByAnExceptionTakesTheRequestsAlong() {
		this.runner.run((context) -> {
			assertThatIllegalStateException()
				.isThrownBy(() -> transaction(context, TransactionDefinition.PROPAGATION_REQUIRED).execute((status) -> {
					bill(context).schedule("lost");
					throw new IllegalStateException("no");
				}));
			assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
			bill(context).schedule("kept");
			context.getBean(Calls.class).awaitExactly("kept missing");
		});
	}

	@Test
	void aSuspendedTransactionKeepsItsRequestsToItself() {
		this.runner.run((context) -> {
			Calls calls = context.getBean(Calls.class);
			transaction(context, TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult((outer) -> {
				bill(context).schedule("outer");
				transaction(context, TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult((inner) -> {
					entities(context).persist(new Bill("inner"));
					bill(context).schedule("inner");
				});
				calls.awaitExactly("inner found");
				transaction(context, TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
					.executeWithoutResult((none) -> bill(context).schedule("none"));
				calls.awaitExactly("inner found", "none missing");
				outer.setRollbackOnly();
			});
			bill(context).schedule("last");
			calls.awaitExactly("inner found", "none missing", "last missing");
		});
	}

	@Test
	void aReadOnlyTransactionSendsToo() {
		this.runner.run((context) -> {
			TransactionTemplate readOnly = transaction(context, TransactionDefinition.PROPAGATION_REQUIRED);
			readOnly.setReadOnly(true);
			readOnly.executeWithoutResult((status) -> bill(context).schedule("a"));
			context.getBean(Calls.class).awaitExactly("a missing");
		});
	}

	@SuppressWarnings("unchecked")
	private static KeyedWork<String> bill(ApplicationContext context) {
		return context.getBean("bill", KeyedWork.class);
	}

	private static EntityManager entities(ApplicationContext context) {
		return SharedEntityManagerCreator.createSharedEntityManager(context.getBean(EntityManagerFactory.class));
	}

	private static TransactionTemplate transaction(ApplicationContext context, int propagation) {
		TransactionTemplate template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		template.setPropagationBehavior(propagation);
		return template;
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = JpaTests.class)
	static class Application {

	}

	static class Handlers {

		private final Calls calls;

		private final EntityManagerFactory factory;

		Handlers(Calls calls, EntityManagerFactory factory) {
			this.calls = calls;
			this.factory = factory;
		}

		@Work(name = "bill", queue = "journal", enqueue = Enqueue.AFTER_COMMIT)
		@Transactional(readOnly = true)
		void bill(String id) {
			assertThat(TransactionSynchronizationManager.isCurrentTransactionReadOnly()).isTrue();
			EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(this.factory);
			this.calls.add(id + ((entities.find(Bill.class, id) != null) ? " found" : " missing"));
		}

	}

	@Entity
	static class Bill {

		@Id
		private String id;

		protected Bill() {
		}

		Bill(String id) {
			this.id = id;
		}

	}

}
