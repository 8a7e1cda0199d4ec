package io.github.workqueue.durable;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A row that changes after a claim has begun to look and before it locks the row is
 * claimed all the same, as it is then. Asking for leases takes as long as this test
 * likes.
 */
class ClaimedMeanwhileTests {

	private static final String LEASES = StoreFixture.TABLE + "_lease";

	private final StoreFixture fixture = new StoreFixture(Databases.POSTGRESQL);

	@BeforeEach
	void letClaimsWaitForAGate() {
		execute("alter table " + LEASES + " rename to leases");
		execute("create function gate() returns boolean language plpgsql volatile as"
				+ " 'begin perform pg_advisory_lock_shared(1); perform pg_advisory_unlock_shared(1); return true; end'");
		execute("create view " + LEASES + " as select name, beat from leases where gate()");
	}

	@AfterEach
	void close() throws InterruptedException {
		this.fixture.close();
	}

	private void execute(String sql) {
		this.fixture.client.sql(sql).update();
	}

	@Test
	void aRowThatARequestChangesMeanwhileIsClaimed() throws Exception {
		this.fixture.send(StoreFixture.schedule("a"));
		Future<List<DurableClaim>> claim;
		try (Connection gate = this.fixture.dataSource.getConnection()) {
			execute(gate, "select pg_advisory_lock(1)");
			claim = this.fixture.inBackground(() -> this.fixture.claim("a"));
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isSomebodyAtTheGate);
			this.fixture.send(StoreFixture.schedule("a"));
			execute(gate, "select pg_advisory_unlock(1)");
		}
		assertThat(claim.get()).hasSize(1);
		assertThat(this.fixture.row("a").picked()).isTrue();
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private boolean isSomebodyAtTheGate() {
		return this.fixture.client.sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
			.query(Long.class)
			.single() > 0;
	}

}
