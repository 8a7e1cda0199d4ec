package io.github.workqueue.durable;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What went wrong, or could, when two instances and callers work on one row.
 */
@ParameterizedClass
@MethodSource("io.github.workqueue.durable.Databases#all")
class HazardTests {

	private static final int READ_COMMITTED = TransactionDefinition.ISOLATION_READ_COMMITTED;

	private final StoreFixture fixture;

	private final DurableStore store;

	HazardTests(Databases database) {
		this.fixture = new StoreFixture(database);
		this.store = this.fixture.store;
	}

	@AfterEach
	void close() throws InterruptedException {
		this.fixture.close();
	}

	/** A version that a request bumps would let the end of the run match nothing. */
	@Test
	void aRequestLeavesTheVersionAlone() {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne("a");
		this.fixture.send(StoreFixture.schedule("a"));
		assertThat(this.fixture.row("a").version()).isEqualTo(claim.version());
		assertThat(this.store.succeed(claim)).isEqualTo(Ended.PENDING);
	}

	@Test
	void aRequestThatCommitsBesideTheEndOfTheRunIsNotLost() throws Exception {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne("a");
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> caller = openRequest("a", requested, commit);
		assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();
		Future<Ended> end = this.fixture.inBackground(() -> this.store.succeed(claim));
		commit.countDown();
		caller.get(10, TimeUnit.SECONDS);
		assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(Ended.PENDING);
		assertThat(this.fixture.claim("b")).hasSize(1);
	}

	private Future<Integer> openRequest(String key, CountDownLatch requested, CountDownLatch commit) {
		return this.fixture.inBackground(() -> this.fixture.transaction(READ_COMMITTED, () -> {
			this.store.request(StoreFixture.schedule(key));
			requested.countDown();
			commit.await();
			return 0;
		}));
	}

	@Test
	void theEndOfARunDoesNotWaitForAPausedCaller() throws Exception {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne("a");
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> caller = openRequest("a", requested, commit);
		assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.store.succeed(claim));
		commit.countDown();
		caller.get(10, TimeUnit.SECONDS);
		assertThat(this.store.succeed(claim)).isEqualTo(Ended.PENDING);
	}

	@Test
	void claimsPassOverARowThatACallerLocks() throws Exception {
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.send(StoreFixture.schedule("b"));
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> caller = openRequest("a", requested, commit);
		assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.fixture.claimOne("a").id()).isEqualTo(StoreFixture.id("b"));
		commit.countDown();
		caller.get(10, TimeUnit.SECONDS);
		assertThat(this.fixture.claimOne("a").id()).isEqualTo(StoreFixture.id("a"));
	}

	@Test
	void leasesAreRenewedAndDeadOnesRevivedBesideALockedRow() throws Exception {
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.send(StoreFixture.schedule("b"));
		assertThat(this.fixture.claim("a")).hasSize(2);
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> caller = openRequest("a", requested, commit);
		assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.store.beat("a", StoreFixture.EXPIRY)).isTrue();
		this.fixture.expire("a");
		assertThat(this.store.revive(StoreFixture.EXPIRY)).isEqualTo(1);
		commit.countDown();
		caller.get(10, TimeUnit.SECONDS);
		assertThat(this.store.revive(StoreFixture.EXPIRY)).isEqualTo(1);
		assertThat(this.fixture.claim("b")).hasSize(2);
	}

	/** Story of an instance that was stopped while it renewed, and stopped all others. */
	@Test
	void aRenewalThatDoesNotEndHoldsUpNobody() throws Exception {
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.claimOne("a");
		this.fixture.makeOld("a");
		CountDownLatch renewed = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> stopped = this.fixture.inBackground(() -> this.fixture.transaction(READ_COMMITTED, () -> {
			this.fixture.renew("a");
			renewed.countDown();
			commit.await();
			return 0;
		}));
		assertThat(renewed.await(10, TimeUnit.SECONDS)).isTrue();
		Future<Integer> expired = this.fixture.inBackground(() -> this.store.expire(StoreFixture.EXPIRY));
		assertThat(expired.get(10, TimeUnit.SECONDS)).isZero();
		assertThat(this.store.revive(StoreFixture.EXPIRY)).isEqualTo(1);
		assertThat(this.fixture.claim("b")).hasSize(1);
		commit.countDown();
		stopped.get(10, TimeUnit.SECONDS);
	}

	@Test
	void whatIsNotedForALockedRowHoldsUpNothingElse() throws Exception {
		this.fixture.send(StoreFixture.schedule("a"));
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> caller = openRequest("a", requested, commit);
		assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();
		this.fixture.transaction(READ_COMMITTED, () -> {
			for (int i = 0; i < 150; i++) {
				this.store.intake(StoreFixture.schedule("a"));
			}
			this.store.intake(StoreFixture.schedule("b"));
			return 0;
		});
		Folding folding = new Folding(this.store, System::nanoTime);
		assertThat(this.fixture.inBackground(folding::fold).get(20, TimeUnit.SECONDS)).isFalse();
		assertThat(this.fixture.isIdle("b")).isFalse();
		commit.countDown();
		caller.get(10, TimeUnit.SECONDS);
		await().until(() -> !folding.fold());
		assertThat(this.store.noted(Set.of())).isEmpty();
	}

	@Test
	void whatALaterVersionNotesIsLeftToIt() {
		this.fixture.transaction(READ_COMMITTED, () -> {
			this.store.intake(StoreFixture.schedule("a"));
			this.fixture.client.sql("update workqueue_tasks_intake set kind = 'FUTURE'").update();
			this.store.intake(StoreFixture.schedule("b"));
			return 0;
		});
		assertThat(new Folding(this.store, System::nanoTime).fold()).isFalse();
		assertThat(this.fixture.isIdle("b")).isFalse();
		assertThat(this.fixture.isIdle("a")).isTrue();
	}

	@Test
	void aCancellationDoesNotWaitForCallersOfOtherKeys() throws Exception {
		this.fixture.send(StoreFixture.schedule("b"));
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> caller = this.fixture.inBackground(() -> this.fixture.transaction(READ_COMMITTED, () -> {
			this.store.intake(StoreFixture.schedule("a"));
			requested.countDown();
			commit.await();
			return 0;
		}));
		assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();
		Future<Boolean> cancelled = this.fixture.inBackground(() -> this.store.cancel(StoreFixture.id("b")));
		assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
		commit.countDown();
		caller.get(10, TimeUnit.SECONDS);
	}

	@Test
	void anExpiredLeaseCannotBeRenewed() {
		assertThat(this.store.beat("a", StoreFixture.EXPIRY)).isTrue();
		this.fixture.expire("a");
		assertThat(this.store.beat("a", StoreFixture.EXPIRY)).isFalse();
		assertThat(this.store.beat("b", StoreFixture.EXPIRY)).isTrue();
	}

	@Test
	void nothingIsClaimedUnderALeaseThatIsGone() {
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.expire("a");
		assertThat(this.fixture.claim("a")).isEmpty();
		assertThat(this.store.claim(StoreFixture.places(1, "mail"), 10, "a", List.of(), ClaimWindow.EVERYTHING))
			.isEmpty();
		assertThat(this.fixture.claim("b")).hasSize(1);
	}

	@Test
	void aLivingRunIsNotRevived() {
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.claimOne("b");
		this.fixture.expire("a");
		assertThat(this.store.revive(StoreFixture.EXPIRY)).isZero();
	}

	@Test
	void theEndOfAStaleRunChangesNothing() {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim stale = this.fixture.claimOne("a");
		this.fixture.expire("a");
		this.store.revive(StoreFixture.EXPIRY);
		assertThat(this.store.succeed(stale)).isEqualTo(Ended.STALE);
		DurableClaim successor = this.fixture.claimOne("b");
		assertThat(this.store.succeed(stale)).isEqualTo(Ended.STALE);
		assertThat(this.store.retry(stale, Duration.ZERO)).isEqualTo(Ended.STALE);
		assertThat(this.store.giveBack(stale)).isEqualTo(Ended.STALE);
		assertThat(successor.version()).isGreaterThan(stale.version());
		assertThat(this.store.succeed(successor)).isEqualTo(Ended.IDLE);
	}

	/** A version that began at 1 again would let the paused run end its successor's. */
	@Test
	void versionsNeverRepeatNotEvenAfterTheRowWasDeleted() {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim stale = this.fixture.claimOne("a");
		this.fixture.expire("a");
		this.store.revive(StoreFixture.EXPIRY);
		this.store.succeed(this.fixture.claimOne("b"));
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim successor = this.fixture.claimOne("b");
		assertThat(successor.version()).isGreaterThan(stale.version());
		assertThat(this.store.succeed(stale)).isEqualTo(Ended.STALE);
		assertThat(this.store.succeed(successor)).isEqualTo(Ended.IDLE);
	}

	@Test
	void aCallerThatCoalescesIsCoveredByARunAfterItsCommit() throws Exception {
		this.fixture.send(StoreFixture.schedule("a"));
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> caller = openRequest("a", requested, commit);
		assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.fixture.claim("a")).as("rows whose request is not committed").isEmpty();
		commit.countDown();
		caller.get(10, TimeUnit.SECONDS);
		assertThat(this.fixture.claim("a")).hasSize(1);
	}

	@Test
	void racingInsertionsAbortNoCaller() throws Exception {
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		Future<Integer> first = openRequest("a", requested, commit);
		assertThat(requested.await(10, TimeUnit.SECONDS)).isTrue();
		Future<Requested> second = this.fixture.inBackground(() -> this.fixture.send(StoreFixture.schedule("a")));
		commit.countDown();
		first.get(10, TimeUnit.SECONDS);
		assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(Requested.MERGED);
	}

	@Test
	void aStrictCallerIsNotAbortedByWhatOthersDoToTheRow() {
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.transaction(TransactionDefinition.ISOLATION_SERIALIZABLE, () -> {
			this.fixture.client.sql("select count(*) from workqueue_tasks_lease").query(Integer.class).single();
			this.fixture.inBackground(() -> this.store.succeed(this.fixture.claimOne("a"))).get();
			this.store.intake(StoreFixture.schedule("a"));
			return 0;
		});
		assertThat(this.store.fold(0, Set.of())).hasSize(1);
		assertThat(this.fixture.claim("a")).hasSize(1);
	}

	@Test
	void sortedRequestsOfManyKeysDoNotDeadlock() throws Exception {
		AtomicLong aborted = new AtomicLong();
		Set<Future<?>> callers = ConcurrentHashMap.newKeySet();
		for (int caller = 0; caller < 6; caller++) {
			callers.add(this.fixture.inBackground(() -> {
				for (int round = 0; round < 20; round++) {
					aborted.addAndGet(sendSorted());
				}
				return 0;
			}));
		}
		for (Future<?> caller : callers) {
			caller.get(60, TimeUnit.SECONDS);
		}
		assertThat(aborted).hasValue(0);
	}

	private int sendSorted() {
		try {
			this.fixture.transaction(READ_COMMITTED, () -> {
				List.of("a", "b", "c").forEach((key) -> this.store.request(StoreFixture.schedule(key)));
				return 0;
			});
			return 0;
		}
		catch (DataAccessException ex) {
			return 1;
		}
		finally {
			this.fixture.claim("a").forEach(this::succeedAtLast);
		}
	}

	private void succeedAtLast(DurableClaim claim) {
		await().pollInterval(Duration.ofMillis(1))
			.ignoreExceptions()
			.until(() -> this.store.succeed(claim) != Ended.STALE);
	}

}
