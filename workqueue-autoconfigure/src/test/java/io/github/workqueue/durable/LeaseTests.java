package io.github.workqueue.durable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an instance may still do when its heartbeat is late.
 */
@ParameterizedClass
@EnumSource(Databases.class)
class LeaseTests {

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final StoreFixture fixture;

	private final AtomicLong nanos = new AtomicLong();

	private final Lease lease;

	LeaseTests(Databases database) {
		this.fixture = new StoreFixture(database);
		this.lease = new Lease(this.fixture.store, this.nanos::get, "test", INTERVAL, 4);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.fixture.close();
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	@Test
	void coversNothingBeforeItIsBegun() {
		assertThat(this.lease.name()).isNull();
		assertThat(this.lease.renew()).isTrue();
		assertThat(this.lease.covers(String.valueOf(this.lease.name()))).isTrue();
	}

	@Test
	void keepsItsNameWhileItIsRenewed() {
		this.lease.renew();
		String name = String.valueOf(this.lease.name());
		pass(INTERVAL.multipliedBy(2));
		assertThat(this.lease.renew()).isTrue();
		pass(INTERVAL.multipliedBy(2));
		assertThat(this.lease.covers(name)).isTrue();
	}

	/** A paused instance must not start what it has lost, and cannot know that it has. */
	@Test
	void givesUpOneIntervalBeforeTheOthersMayTakeOver() {
		this.lease.renew();
		String name = String.valueOf(this.lease.name());
		pass(INTERVAL.multipliedBy(3).minusMillis(1));
		assertThat(this.lease.covers(name)).isTrue();
		pass(Duration.ofMillis(1));
		assertThat(this.lease.covers(name)).isFalse();
		assertThat(this.lease.name()).isNull();
	}

	@Test
	void goesOnUnderAnotherNameWhenItIsLost() {
		this.lease.renew();
		String lost = String.valueOf(this.lease.name());
		this.fixture.send(StoreFixture.schedule("a"));
		DurableClaim claim = this.fixture.claimOne(lost);
		this.fixture.expire(lost);
		assertThat(this.lease.renew()).isFalse();
		assertThat(this.lease.name()).isNotNull().isNotEqualTo(lost);
		assertThat(this.lease.covers(claim.lease())).isFalse();
	}

	@Test
	void whatIsLeftIsAnybodysAtOnce() {
		this.lease.renew();
		this.fixture.send(StoreFixture.schedule("a"));
		this.fixture.claimOne(String.valueOf(this.lease.name()));
		this.lease.leave();
		assertThat(this.lease.name()).isNull();
		assertThat(this.fixture.store.revive(StoreFixture.EXPIRY)).isEqualTo(1);
	}

}
