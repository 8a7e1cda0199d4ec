package io.github.workqueue.durable;

import java.time.OffsetDateTime;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a claim costs beside many rows that are not due.
 */
class ClaimPlanTests {

	@Test
	void armedRowsAreNotLookedAt() throws InterruptedException {
		StoreFixture fixture = new StoreFixture(Databases.POSTGRESQL);
		try {
			fixture.client
				.sql("insert into workqueue_tasks (task_name, task_instance, work, queue, execution_time, picked, version,"
						+ " first_request, request, born) select 'workqueue', '[\"mail\",' || n || ']', 'mail', 'mails', now() +"
						+ " interval '1 hour' + n * interval '1 second', false, n, now(), n, n from generate_series(1, 50000) n")
				.update();
			fixture.client.sql("analyze workqueue_tasks").update();
			fixture.send(StoreFixture.schedule("due"));
			List<String> plan = plan(fixture);
			assertThat(plan).anyMatch((line) -> line.contains("workqueue_tasks_due"));
			assertThat(plan).noneMatch((line) -> line.contains("Seq Scan on workqueue_tasks "));
			assertThat(plan).noneMatch((line) -> line.matches(".*Rows Removed by Filter: \\d{3,}"));
			assertThat(fixture.row("due").picked()).isTrue();
		}
		finally {
			fixture.close();
		}
	}

	/** Story of claims that sorted all that waits, as long as nobody had counted it. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aBacklogThatTheStatisticsDoNotKnowIsNotSorted(boolean analyzedWhenEmpty) throws Exception {
		StoreFixture fixture = new StoreFixture(Databases.POSTGRESQL);
		try {
			if (analyzedWhenEmpty) {
				fixture.client.sql("analyze workqueue_tasks").update();
			}
			fixture.client.sql("insert into workqueue_tasks (task_name, task_instance, work, queue, execution_time,"
					+ " picked, version, first_request, request, born) select 'workqueue', '[\"mail\",' || n || ']',"
					+ " 'mail', 'mails', now(), false, n, now(), n, n from generate_series(1, 20000) n")
				.update();
			List<String> plan = plan(fixture);
			assertThat(plan).anyMatch((line) -> line.contains("workqueue_tasks_due"));
			assertThat(plan).noneMatch((line) -> line.contains("Sort Key"));
		}
		finally {
			fixture.close();
		}
	}

	/** Story of claims that passed over the rows of works which have no handler here. */
	@Test
	void whatWasNotAskedForIsNotPassedOverEachTime() throws Exception {
		StoreFixture fixture = new StoreFixture(Databases.POSTGRESQL);
		try {
			fixture.client.sql("insert into workqueue_tasks (task_name, task_instance, work, queue, execution_time,"
					+ " picked, version, first_request, request, born) select 'workqueue', '[\"old\",' || n || ']',"
					+ " 'old', 'mails', now() - interval '1 hour', false, n, now(), n, n from generate_series(1, 20000) n")
				.update();
			fixture.send(StoreFixture.schedule("due"));
			List<String> plan = plan(fixture, fixture.present().minusSeconds(30));
			assertThat(plan).noneMatch((line) -> line.matches(".*Rows Removed by Filter: \\d{3,}"));
			assertThat(fixture.row("due").picked()).isTrue();
		}
		finally {
			fixture.close();
		}
	}

	private static List<String> plan(StoreFixture fixture) {
		return plan(fixture, ClaimWindow.EVERYTHING);
	}

	private static List<String> plan(StoreFixture fixture, OffsetDateTime from) {
		return fixture.client
			.sql("explain (analyze, costs off, timing off) "
					+ new StoreSql(new PostgresDialect(), StoreFixture.TABLE).claim)
			.param("from", from)
			.param("works", List.of("mail"))
			.param("parked", List.of(""))
			.param("lease", "a")
			.param("limit", 32)
			.query(String.class)
			.list();
	}

}
