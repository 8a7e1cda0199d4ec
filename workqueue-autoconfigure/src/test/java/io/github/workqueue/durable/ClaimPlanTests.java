package io.github.workqueue.durable;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

	private static final StoreSql SQL = new StoreSql(new PostgresDialect(), StoreFixture.TABLE);

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
			insertOld(fixture, "old");
			fixture.send(StoreFixture.schedule("due"));
			List<String> plan = plan(fixture, fixture.present().minusSeconds(30));
			assertThat(plan).noneMatch((line) -> line.matches(".*Rows Removed by Filter: \\d{3,}"));
			assertThat(fixture.row("due").picked()).isTrue();
		}
		finally {
			fixture.close();
		}
	}

	/**
	 * Story of claims and ends that read all the rows which a long reader keeps, as soon
	 * as the database had seen that none of them is alive.
	 */
	@Test
	void rowsThatAReaderKeepsAreNotReadWhenTheStatisticsSayEmpty() throws Exception {
		StoreFixture fixture = new StoreFixture(Databases.POSTGRESQL);
		try (Connection reader = fixture.dataSource.getConnection()) {
			insertOld(fixture, "mail");
			reader.setAutoCommit(false);
			reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			count(reader);
			fixture.client.sql("delete from workqueue_tasks").update();
			fixture.client.sql("analyze workqueue_tasks").update();
			fixture.send(StoreFixture.schedule("due"));
			assertThat(plan(fixture, fixture.present().minusSeconds(30))).noneMatch(ClaimPlanTests::isManyPages);
			assertThat(fixture.row("due").picked()).isTrue();
			assertThat(planOfEnd(fixture, fixture.row("due").version())).noneMatch(ClaimPlanTests::isManyPages);
			assertThat(fixture.isIdle("due")).isTrue();
		}
		finally {
			fixture.close();
		}
	}

	private static void insertOld(StoreFixture fixture, String work) {
		fixture.client.sql("insert into workqueue_tasks (task_name, task_instance, work, queue, execution_time,"
				+ " picked, version, first_request, request, born) select 'workqueue', '[\"' || :work || '\",' || n || ']',"
				+ " :work, 'mails', now() - interval '1 hour', false, n, now(), n, n from generate_series(1, 20000) n")
			.param("work", work)
			.update();
	}

	private static void count(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("select count(*) from workqueue_tasks");
		}
	}

	/** Whether a line of a plan tells of as many pages as there are old rows. */
	private static boolean isManyPages(String line) {
		return line.matches(".*Buffers: shared hit=\\d{4,}.*");
	}

	private static List<String> planOfEnd(StoreFixture fixture, long version) {
		return fixture.client.sql("explain (analyze, buffers, costs off, timing off) " + SQL.deleteDone)
			.param("id", StoreFixture.id("due").text())
			.param("version", version)
			.query(String.class)
			.list();
	}

	private static List<String> plan(StoreFixture fixture) {
		return plan(fixture, ClaimWindow.EVERYTHING);
	}

	private static List<String> plan(StoreFixture fixture, OffsetDateTime from) {
		return fixture.client.sql("explain (analyze, buffers, costs off, timing off) " + SQL.claim)
			.param("from", from)
			.param("works", List.of("mail"))
			.param("parked", List.of(""))
			.param("lease", "a")
			.param("limit", 32)
			.query(String.class)
			.list();
	}

}
