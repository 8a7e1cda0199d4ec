package io.github.workqueue.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.durable.Databases;
import io.github.workqueue.snapshot.WorkqueueInspector;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.TransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A database that goes away and comes back.
 */
class DurableOutageTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.plain()
		.withConfiguration(AutoConfigurations.of(WorkqueueDurableAutoConfiguration.class,
				WorkqueueHealthContributorAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				TransactionAutoConfiguration.class))
		.withBean(Switch.class)
		.withBean(Ticks.class)
		.withPropertyValues("workqueue.queues.mails.durable=true", "workqueue.durable.poll-interval=20ms",
				"workqueue.durable.initialize-schema=always", "workqueue.durable.heartbeat-interval=50ms",
				"workqueue.durable.missed-heartbeats=600");

	@Test
	void memoryGoesOnRequestsFailAndAllResumes() {
		this.runner.run((context) -> {
			WorkItem durable = context.getBean("stored", WorkItem.class);
			HealthIndicator health = context.getBean("workqueueHealthContributor", HealthIndicator.class);
			await().until(() -> status(health).equals(Status.UP));
			context.getBean(Switch.class).off = true;
			await().until(() -> status(health).equals(Status.DOWN));
			WorkqueueInspector inspector = context.getBean(WorkqueueInspector.class);
			assertThat(inspector.inspectWorkqueue("mails").orElseThrow().stored()).isNull();
			assertThat(context.getBean("kept", WorkItem.class).schedule()).isTrue();
			context.getBean(Calls.class).awaitExactly("kept");
			assertThatExceptionOfType(TransactionException.class).isThrownBy(durable::schedule);
			context.getBean(Switch.class).off = false;
			await().atMost(Duration.ofSeconds(20)).until(() -> status(health).equals(Status.UP));
			assertThat(durable.schedule()).isTrue();
			context.getBean(Calls.class).awaitExactly("kept", "stored");
			assertThat(inspector.inspectWorkqueue("mails").orElseThrow().stored()).isNotNull();
		});
	}

	@Test
	void anEndThatCannotBeWrittenIsWrittenLater() {
		this.runner.run((context) -> {
			context.getBean("outage", WorkItem.class).schedule();
			context.getBean(Calls.class).awaitExactly("outage");
			context.getBean(Switch.class).off = false;
			await().until(() -> !context.getBean("outage", WorkItem.class).isRunning());
			assertThat(context.getBean(Calls.class).all()).containsExactly("outage");
		});
	}

	private static Status status(HealthIndicator health) {
		return health.health(false).getStatus();
	}

	static class Ticks {

		private final Calls calls;

		private final Switch database;

		Ticks(Calls calls, Switch database) {
			this.calls = calls;
			this.database = database;
		}

		@Work(name = "stored", queue = "mails")
		void stored() {
			this.calls.add("stored");
		}

		@Work(name = "kept")
		void kept() {
			this.calls.add("kept");
		}

		@Work(name = "outage", queue = "mails")
		void outage() {
			this.database.off = true;
			this.calls.add("outage");
		}

	}

	/** A database with a switch. */
	static class Switch extends DelegatingDataSource {

		volatile boolean off;

		Switch() {
			super(Databases.pool(Databases.H2.url()));
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.off) {
				throw new SQLTransientConnectionException("the database is away");
			}
			return super.getConnection();
		}

	}

}
