package io.github.workqueue.durable;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.transaction.TransactionDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of requests that callers have noted and nobody has folded yet.
 */
@ParameterizedClass
@MethodSource("io.github.workqueue.durable.Databases#all")
class DurableWaitsTests {

	private final StoreFixture fixture;

	private final DurableStore store;

	private final DurableWaits waits;

	DurableWaitsTests(Databases database) {
		this.fixture = new StoreFixture(database);
		this.store = this.fixture.store;
		this.waits = new DurableWaits(this.store, () -> {
		});
		this.fixture.transaction(TransactionDefinition.ISOLATION_READ_COMMITTED, () -> {
			this.store.intake(StoreFixture.schedule("a"));
			return 0;
		});
	}

	@AfterEach
	void close() throws InterruptedException {
		this.fixture.close();
	}

	@Test
	void theyArePending() {
		assertThat(this.store.isNoted(StoreFixture.id("a"))).isTrue();
		assertThat(this.store.isNoted(StoreFixture.id("b"))).isFalse();
		assertThat(this.store.size("mail")).isEqualTo(1);
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.store.size("mail")).isEqualTo(1);
	}

	/** Story of a flush that returned at once, since it looked at rows only. */
	@Test
	void aFlushWaitsForThem() throws Exception {
		assertThat(this.waits.flush(StoreFixture.id("a"), Duration.ZERO)).isEqualTo(DurableWaits.Outcome.RUNS_ON);
		assertThat(this.fixture.row("a").isPending()).isTrue();
	}

	@Test
	void aFlushOfTheQueueWaitsForThem() throws Exception {
		assertThat(this.waits.flush("mails", Duration.ZERO, (id) -> false)).isFalse();
		assertThat(this.waits.flush("others", Duration.ZERO, (id) -> false)).isTrue();
		this.store.fold(0, Set.of());
		assertThat(this.waits.flush("mails", Duration.ZERO, (id) -> false)).isFalse();
		this.store.succeed(this.fixture.claimOne("a"));
		assertThat(this.waits.flush("mails", Duration.ZERO, (id) -> false)).isTrue();
	}

}
