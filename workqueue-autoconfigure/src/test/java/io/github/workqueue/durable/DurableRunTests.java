package io.github.workqueue.durable;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A claim between its row and its handler.
 */
class DurableRunTests {

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final StoreFixture fixture = new StoreFixture(Databases.H2);

	private final AtomicLong nanos = new AtomicLong();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final Lease lease = new Lease(this.fixture.store, this.nanos::get, "test", INTERVAL, 4);

	private final Runs runs = new Runs(this.fixture.store, this.lease,
			new Later(this.timer, this.nanos::get, this::nothing), (queue) -> nothing());

	private final AtomicInteger calls = new AtomicInteger();

	private void nothing() {
	}

	@BeforeEach
	void begin() {
		this.lease.renew();
	}

	@AfterEach
	void close() throws InterruptedException {
		this.timer.shutdownNow();
		this.fixture.close();
	}

	/** Claims the run of a fresh request; it does what db-scheduler does. */
	private DurableRun claim() {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne(String.valueOf(this.lease.name()));
		AtomicReference<DurableRun> run = new AtomicReference<>();
		run.set(new DurableRun(claim, this.runs, () -> run.get().end(run.get().perform()), "queue"));
		this.runs.claimed(run.get(), "queue");
		return run.get();
	}

	private Duration count() {
		this.calls.incrementAndGet();
		return null;
	}

	@Test
	void aRunEndsItsRow() throws Throwable {
		DurableRun run = claim();
		assertThat(this.runs.free("queue", 3)).isEqualTo(2);
		run.execute(() -> {
			assertThat(DurableRun.current()).isSameAs(run);
			return count();
		});
		assertThat(DurableRun.current()).isNull();
		assertThat(this.calls).hasValue(1);
		assertThat(this.fixture.isIdle("a")).isTrue();
		assertThat(this.runs.free("queue", 3)).isEqualTo(3);
		assertThat(this.runs.isEmpty()).isTrue();
	}

	/** Without the look at the lease, the run would start beside its successor. */
	@Test
	void aRunWhoseLeaseIsNotSureIsNotStartedButGivenBack() throws Throwable {
		DurableRun run = claim();
		this.nanos.addAndGet(INTERVAL.multipliedBy(3).toNanos());
		run.execute(this::count);
		assertThat(this.calls).hasValue(0);
		assertThat(this.fixture.row("a").picked()).isFalse();
		assertThat(this.runs.isEmpty()).isTrue();
	}

	@Test
	void aRunThatWasClaimedUnderALostLeaseIsNotStarted() throws Throwable {
		DurableRun run = claim();
		this.fixture.expire(String.valueOf(this.lease.name()));
		this.fixture.store.revive(StoreFixture.EXPIRY);
		DurableClaim successor = this.fixture.claimOne("b");
		this.lease.renew();
		run.execute(this::count);
		assertThat(this.calls).hasValue(0);
		assertThat(this.fixture.store.succeed(successor)).isEqualTo(Ended.IDLE);
	}

	@Test
	void aRunThatWasGivenBackIsNotStarted() throws Throwable {
		DurableRun run = claim();
		this.runs.giveBackWaiting();
		assertThat(this.fixture.row("a").picked()).isFalse();
		run.execute(this::count);
		assertThat(this.calls).hasValue(0);
		assertThat(this.fixture.row("a").isPending()).isTrue();
	}

	@Test
	void aFailureIsThrownAndEndsTheRow() {
		DurableRun run = claim();
		assertThatIllegalStateException().isThrownBy(() -> run.execute(() -> {
			throw new IllegalStateException("failed");
		}));
		assertThat(this.fixture.isIdle("a")).isTrue();
	}

	@Test
	void aRetryKeepsTheRow() {
		DurableRun run = claim();
		assertThatExceptionOfType(DurableRetryException.class).isThrownBy(() -> run.execute(() -> {
			throw new DurableRetryException(Duration.ofHours(1), new IllegalStateException("failed"));
		}));
		assertThat(this.fixture.row("a").isDelayed()).isTrue();
	}

	@Test
	void aRunWithoutEndIsGivenBack() throws Throwable {
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne(String.valueOf(this.lease.name()));
		DurableRun run = new DurableRun(claim, this.runs, this::nothing, "queue");
		this.runs.claimed(run, "queue");
		run.execute(this::count);
		assertThat(this.calls).hasValue(0);
		assertThat(this.fixture.row("a").picked()).isFalse();
	}

}
