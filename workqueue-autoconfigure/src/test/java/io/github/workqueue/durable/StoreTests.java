package io.github.workqueue.durable;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

import io.github.workqueue.durable.DurableRequest.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each step makes of a row.
 */
@ParameterizedClass
@MethodSource("io.github.workqueue.durable.Databases#all")
class StoreTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final StoreFixture fixture;

	private final DurableStore store;

	StoreTests(Databases database) {
		this.fixture = new StoreFixture(database);
		this.store = this.fixture.store;
	}

	@AfterEach
	void close() throws InterruptedException {
		this.fixture.close();
	}

	@Test
	void onlyTheFirstRequestMakesAKeyPending() {
		assertThat(this.fixture.send(StoreFixture.schedule("a"))).isEqualTo(Requested.MADE);
		assertThat(this.fixture.send(StoreFixture.schedule("a"))).isEqualTo(Requested.MERGED);
		assertThat(this.fixture.send(StoreFixture.schedule("b"))).isEqualTo(Requested.MADE);
		assertThat(this.store.size("mail")).isEqualTo(2);
	}

	@Test
	void aClaimedKeyIsMadePendingAgainOnce() {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne("a");
		assertThat(this.fixture.row("a").isPending()).isFalse();
		assertThat(this.fixture.send(StoreFixture.schedule("a"))).isEqualTo(Requested.MADE);
		assertThat(this.fixture.send(StoreFixture.schedule("a"))).isEqualTo(Requested.MERGED);
		assertThat(this.fixture.row("a").isPending()).isTrue();
		assertThat(this.store.succeed(claim)).isEqualTo(Ended.PENDING);
		assertThat(this.store.succeed(this.fixture.claimOne("b"))).isEqualTo(Ended.IDLE);
		assertThat(this.fixture.isIdle("a")).isTrue();
	}

	@Test
	void theFirstDeadlineStays() {
		this.fixture.send(StoreFixture.request("a", Kind.SCHEDULE, HOUR, null));
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.fixture.claim("a")).isEmpty();
		assertThat(this.fixture.row("a").isDelayed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "PT0S,false", "PT2H,true" })
	void modifyMovesTheDeadline(Duration delay, boolean delayed) {
		this.fixture.send(StoreFixture.request("a", Kind.SCHEDULE, HOUR, null));
		assertThat(this.fixture.send(StoreFixture.request("a", Kind.MODIFY, delay, null))).isEqualTo(Requested.MERGED);
		assertThat(this.fixture.row("a").isDelayed()).isEqualTo(delayed);
	}

	@Test
	void modifyOfARunningKeyIsARequest() {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne("a");
		assertThat(this.fixture.send(StoreFixture.request("a", Kind.MODIFY, HOUR, null))).isEqualTo(Requested.MADE);
		assertThat(this.store.succeed(claim)).isEqualTo(Ended.PENDING);
		assertThat(this.fixture.row("a").isDelayed()).isTrue();
	}

	@Test
	void debounceMovesTheDeadlineUpToALimit() {
		this.fixture.send(StoreFixture.request("a", Kind.DEBOUNCE, HOUR, null));
		this.fixture.send(StoreFixture.request("a", Kind.DEBOUNCE, HOUR.multipliedBy(2), null));
		assertThat(dueIn("a")).isGreaterThan(HOUR);
		this.fixture.send(StoreFixture.request("a", Kind.DEBOUNCE, HOUR, Duration.ofMinutes(10)));
		assertThat(dueIn("a")).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
		this.fixture.send(StoreFixture.request("a", Kind.DEBOUNCE, HOUR, Duration.ZERO));
		assertThat(this.fixture.claim("a")).hasSize(1);
	}

	private Duration dueIn(String key) {
		DurableRow row = this.fixture.row(key);
		return Duration.between(row.present(), row.due());
	}

	@Test
	void delaysAreCountedFromTheRequestNotFromTheBeginOfItsTransaction() {
		OffsetDateTime before = this.fixture.transaction(-1, () -> {
			this.fixture.client.sql("select current_timestamp").query(String.class).single();
			OffsetDateTime later = this.fixture.present();
			this.store.request(StoreFixture.request("a", Kind.SCHEDULE, HOUR, null));
			return later;
		});
		assertThat(this.fixture.row("a").due()).isAfterOrEqualTo(before.plus(HOUR));
	}

	@Test
	void debounceNeverWaitsLongerThanItsLimit() {
		this.fixture.send(StoreFixture.request("a", Kind.DEBOUNCE, HOUR, Duration.ofMinutes(10)));
		assertThat(dueIn("a")).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
	}

	@Test
	void theLatestArgumentIsHandedToTheClaim() {
		DurableRequest first = new DurableRequest(StoreFixture.id("a"), "mails", Kind.SCHEDULE, Duration.ZERO, null,
				"1");
		DurableRequest later = new DurableRequest(StoreFixture.id("a"), "mails", Kind.SCHEDULE, Duration.ZERO, null,
				"2");
		this.fixture.send(first);
		this.fixture.send(later);
		assertThat(this.fixture.claimOne("a").argument()).isEqualTo("2");
	}

	@Test
	void aRetryIsDueLaterAndCounted() {
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.store.retry(this.fixture.claimOne("a"), HOUR)).isEqualTo(Ended.PENDING);
		assertThat(this.fixture.row("a").isDelayed()).isTrue();
		this.store.runNow(StoreFixture.id("a"));
		DurableClaim second = this.fixture.claimOne("b");
		assertThat(second.attempt()).isEqualTo(2);
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.store.retry(second, HOUR)).isEqualTo(Ended.PENDING);
		DurableClaim third = this.fixture.claimOne("b");
		assertThat(third.attempt()).isEqualTo(3);
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.store.succeed(third)).isEqualTo(Ended.PENDING);
		assertThat(this.fixture.claimOne("a").attempt()).isEqualTo(1);
	}

	@Test
	void cancelRemovesWhatIsPending() {
		assertThat(this.store.cancel(StoreFixture.id("a"))).isFalse();
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.store.cancel(StoreFixture.id("a"))).isTrue();
		assertThat(this.fixture.isIdle("a")).isTrue();
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne("a");
		assertThat(this.store.cancel(StoreFixture.id("a"))).isFalse();
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.store.cancel(StoreFixture.id("a"))).isTrue();
		assertThat(this.store.succeed(claim)).isEqualTo(Ended.IDLE);
	}

	@Test
	void requestsAreRefusedWhileACancellationWaits() {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne("a");
		assertThat(this.store.cancelAndRefuse(StoreFixture.id("a"), HOUR)).isFalse();
		assertThat(this.fixture.send(StoreFixture.schedule("a"))).isEqualTo(Requested.REFUSED);
		assertThat(this.store.retry(claim, Duration.ZERO)).isEqualTo(Ended.IDLE);
		assertThat(this.fixture.isIdle("a")).isTrue();
		assertThat(this.fixture.send(StoreFixture.schedule("a"))).isEqualTo(Requested.MADE);
	}

	@Test
	void requestsAreAcceptedAgainWhenTheWaitWasGivenUp() {
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.claimOne("a");
		this.store.cancelAndRefuse(StoreFixture.id("a"), HOUR);
		this.store.refuse(StoreFixture.id("a"), Duration.ZERO);
		assertThat(this.fixture.send(StoreFixture.schedule("a"))).isEqualTo(Requested.MADE);
	}

	@Test
	void flushKnowsWhenAllThatWasRequestedHasEnded() {
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.fixture.row("a").target()).isEqualTo(1);
		DurableClaim claim = this.fixture.claimOne("a");
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.fixture.row("a").target()).isEqualTo(2);
		this.store.giveBack(claim);
		assertThat(this.fixture.row("a").target()).isEqualTo(1);
	}

	@Test
	void onlyKnownWorksAreClaimedAndOnlyWhileThereArePlaces() {
		for (String key : List.of("a", "b", "c")) {
			this.fixture.send(StoreFixture.schedule(key));
		}
		assertThat(this.store.claim(StoreFixture.places(9, "other"), 10, "a", List.of(), ClaimWindow.EVERYTHING))
			.isEmpty();
		assertThat(this.store.claim(StoreFixture.places(2, "mail"), 10, "a", List.of(), ClaimWindow.EVERYTHING))
			.hasSize(2);
		assertThat(this.store.claim(StoreFixture.places(9, "mail"), 10, "a", List.of(StoreFixture.id("c").text()),
				ClaimWindow.EVERYTHING))
			.isEmpty();
		assertThat(this.store.claim(StoreFixture.places(9, "mail"), 10, "a", List.of(), ClaimWindow.EVERYTHING))
			.hasSize(1);
	}

	@Test
	void countsByQueueAndWork() {
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.claimOne("a");
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.send(StoreFixture.schedule("b"));
		this.fixture.send(StoreFixture.request("c", Kind.SCHEDULE, HOUR, null));
		assertThat(this.store.counts()).containsExactly(new DurableCount("mails", "mail", 2, 1, 1, 0));
	}

	@Test
	void noRequestIsLostInTheIntake() {
		this.fixture.transaction(-1, () -> {
			this.store.intake(StoreFixture.request("a", Kind.SCHEDULE, HOUR, null));
			this.store.intake(StoreFixture.request("a", Kind.MODIFY, Duration.ZERO, null));
			this.store.intake(StoreFixture.request("b", Kind.DEBOUNCE, HOUR, Duration.ZERO));
			return 0;
		});
		assertThat(this.fixture.isIdle("a")).isTrue();
		assertThat(this.store.fold(0, Set.of())).hasSize(3);
		assertThat(this.store.fold(0, Set.of())).isEmpty();
		assertThat(this.fixture.claim("a")).hasSize(2);
	}

	@Test
	void aNotedRequestCanBeCancelled() {
		this.fixture.transaction(-1, () -> {
			this.store.intake(StoreFixture.schedule("a"));
			return 0;
		});
		assertThat(this.store.cancel(StoreFixture.id("a"))).isTrue();
		assertThat(this.store.fold(0, Set.of())).isEmpty();
	}

	@Test
	void theTableMayBeInASchemaOfItsOwn() {
		this.fixture.client.sql("create schema if not exists other").update();
		Schema schema = new Schema(this.fixture.dataSource, this.fixture.dialect, "other.works");
		schema.create();
		assertThat(schema.exists()).isTrue();
		DurableStore other = new DurableStore(this.fixture.dataSource, new StoreTransactions(this.fixture.dataSource),
				this.fixture.dialect, "other.works", new DatabaseClock(System::nanoTime));
		other.join("a");
		this.fixture.transaction(-1, () -> other.request(StoreFixture.schedule("a")));
		List<DurableClaim> claims = other.claim(StoreFixture.places(1, "mail"), 1, "a", List.of(),
				ClaimWindow.EVERYTHING);
		assertThat(claims).hasSize(1);
		assertThat(other.succeed(claims.get(0))).isEqualTo(Ended.IDLE);
		assertThat(this.store.size("mail")).isZero();
	}

	@Test
	void theSchemaIsMadeOnceAndLeftAlone() {
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.fixture.schema.exists()).isTrue();
		this.fixture.schema.create();
		assertThat(this.store.size("mail")).isEqualTo(1);
		assertThat(new Schema(this.fixture.dataSource, Dialects.of(this.fixture.dataSource), "other").exists())
			.isFalse();
	}

}
