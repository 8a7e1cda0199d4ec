package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.WorkItem;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class TransitTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@RegisterExtension
	final Engines engines = new Engines();

	private final ManualTime time = new ManualTime();

	private final Transit transit = new Transit(this.time);

	private final AtomicReference<Thread> waiter = new AtomicReference<>();

	@Test
	void whoFindsNoSectionDoesNotWait() throws Exception {
		assertThat(this.transit.awaitPrior(0)).isTrue();
		this.transit.exit(this.transit.enter());
		assertThat(this.transit.awaitPrior(0)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 9 })
	void aWaitEndsWithTheLastSectionThatBeganBefore(int sections) throws Exception {
		List<Integer> begun = enterOnThreads(sections);
		FutureTask<Boolean> wait = waiting(Completion.FOREVER);
		for (int section : begun.subList(1, sections)) {
			this.transit.exit(section);
			assertThat(wait).isNotDone();
		}
		this.transit.exit(begun.get(0));
		assertThat(Engines.get(wait)).isTrue();
	}

	@Test
	void sectionsThatBeginAfterTheTurnDoNotHoldAWaitUp() throws Exception {
		int prior = this.transit.enter();
		FutureTask<Boolean> wait = waiting(Completion.FOREVER);
		List<Integer> later = enterOnThreads(5);
		this.transit.exit(prior);
		assertThat(Engines.get(wait)).isTrue();
		later.forEach(this.transit::exit);
	}

	@Test
	void aWaitSeesASectionOfEveryTurn() throws Exception {
		for (int turns = 0; turns < 4; turns++) {
			int prior = this.transit.enter();
			assertThat(this.transit.awaitPrior(0)).as("after %d turns", turns).isFalse();
			FutureTask<Boolean> wait = waiting(Completion.FOREVER);
			assertThat(wait).isNotDone();
			this.transit.exit(prior);
			assertThat(Engines.get(wait)).isTrue();
		}
	}

	@Test
	void allWaitersEndTogether() throws Exception {
		int prior = this.transit.enter();
		List<FutureTask<Boolean>> waits = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			waits.add(waiting((i % 2 == 0) ? Completion.FOREVER : HOUR.toNanos()));
		}
		this.transit.exit(prior);
		for (FutureTask<Boolean> wait : waits) {
			assertThat(Engines.get(wait)).isTrue();
		}
	}

	@Test
	void theTimeRunsOutByTheClockOfTheEngine() throws Exception {
		int prior = this.transit.enter();
		FutureTask<Boolean> wait = waiting(HOUR.toNanos());
		this.time.advance(HOUR.minusNanos(1));
		assertThat(wait).isNotDone();
		this.time.advance(Duration.ofNanos(1));
		assertThat(Engines.get(wait)).isFalse();
		this.transit.exit(prior);
		assertThat(this.transit.awaitPrior(0)).as("afterwards").isTrue();
	}

	@Test
	void aWaitThatEndsEarlyDoesNotTakeTheOthersWithIt() throws Exception {
		int prior = this.transit.enter();
		FutureTask<Boolean> other = waiting(Completion.FOREVER);
		assertThat(this.transit.awaitPrior(0)).isFalse();
		assertThat(other).isNotDone();
		this.transit.exit(prior);
		assertThat(Engines.get(other)).isTrue();
	}

	@Test
	void anInterruptEndsAWaitAndLeavesNothingBehind() throws Exception {
		int prior = this.transit.enter();
		FutureTask<Boolean> wait = Engines.async(() -> {
			this.waiter.set(Thread.currentThread());
			assertThatExceptionOfType(InterruptedException.class)
				.isThrownBy(() -> this.transit.awaitPrior(Completion.FOREVER));
			return Thread.currentThread().isInterrupted();
		});
		untilParked();
		this.waiter.get().interrupt();
		assertThat(Engines.get(wait)).as("interrupted still").isFalse();
		FutureTask<Boolean> other = waiting(Completion.FOREVER);
		this.transit.exit(prior);
		assertThat(Engines.get(other)).isTrue();
	}

	@Test
	void anUninterruptibleWaitKeepsTheInterrupt() throws Exception {
		int prior = this.transit.enter();
		FutureTask<Boolean> wait = Engines.async(() -> {
			this.waiter.set(Thread.currentThread());
			Thread.currentThread().interrupt();
			this.transit.awaitPriorUninterruptibly();
			return Thread.currentThread().isInterrupted();
		});
		untilParked();
		assertThat(wait).isNotDone();
		this.transit.exit(prior);
		assertThat(Engines.get(wait)).as("interrupted").isTrue();
	}

	@Test
	void anActionIsCalledOnceByWhoEndsTheLastSection() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		int prior = this.transit.enter();
		this.transit.afterPrior(calls::incrementAndGet);
		assertThat(calls).hasValue(0);
		this.transit.exit(prior);
		assertThat(calls).hasValue(1);
		assertThat(this.transit.awaitPrior(0)).isTrue();
		assertThat(calls).hasValue(1);
		this.transit.afterPrior(calls::incrementAndGet);
		assertThat(calls).as("without sections at once").hasValue(2);
	}

	/** Each thread is always in a section, so the counters of a phase are never quiet. */
	@Test
	void constantTrafficHoldsNobodyUp() throws Exception {
		AtomicBoolean stop = new AtomicBoolean();
		List<FutureTask<Void>> traffic = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			traffic.add(Engines.async(() -> {
				int section = this.transit.enter();
				while (!stop.get()) {
					int next = this.transit.enter();
					this.transit.exit(section);
					section = next;
				}
				this.transit.exit(section);
				return null;
			}));
		}
		try {
			for (int i = 0; i < 50; i++) {
				assertThat(this.transit.awaitPrior(Completion.FOREVER)).isTrue();
			}
		}
		finally {
			stop.set(true);
		}
		for (FutureTask<Void> thread : traffic) {
			Engines.get(thread);
		}
	}

	/** What a section has done is visible to a wait that began after the section did. */
	@Test
	void noWaitEndsBeforeASectionThatBeganBefore() throws Exception {
		AtomicLong late = new AtomicLong();
		AtomicBoolean stop = new AtomicBoolean();
		List<FutureTask<Void>> traffic = new ArrayList<>();
		long[][] done = new long[3][16];
		AtomicLong[] begun = { new AtomicLong(), new AtomicLong(), new AtomicLong() };
		for (int i = 0; i < 3; i++) {
			int self = i;
			traffic.add(Engines.async(() -> {
				for (long run = 1; !stop.get(); run++) {
					int section = this.transit.enter();
					begun[self].set(run);
					done[self][0] = run;
					this.transit.exit(section);
				}
				return null;
			}));
		}
		long[] seen = new long[3];
		for (int round = 0; round < 20_000; round++) {
			for (int i = 0; i < 3; i++) {
				seen[i] = begun[i].get();
			}
			this.transit.awaitPrior(Completion.FOREVER);
			for (int i = 0; i < 3; i++) {
				late.addAndGet((done[i][0] < seen[i]) ? 1 : 0);
			}
		}
		stop.set(true);
		for (FutureTask<Void> thread : traffic) {
			Engines.get(thread);
		}
		assertThat(late).as("sections missed").hasValue(0);
	}

	@Test
	void aWorkerThatWaitsIsReplaced() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		int prior = engine.transit.enter();
		Gate behind = this.engines.gate();
		WorkItem waiting = Engines.queue(engine, "waiting", (work) -> {
			this.waiter.set(Thread.currentThread());
			engine.transit.awaitPrior(Completion.FOREVER);
		});
		untilParked();
		Engines.queue(engine, "behind", behind.passing());
		behind.awaitStarts(1);
		assertThat(waiting.isRunning()).isTrue();
		engine.transit.exit(prior);
		waiting.flush();
	}

	private List<Integer> enterOnThreads(int count) throws Exception {
		List<Integer> begun = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			begun.add(Engines.get(Engines.async(this.transit::enter)));
		}
		return begun;
	}

	/** Waits on a thread of its own, and returns when that is parked. */
	private FutureTask<Boolean> waiting(long nanos) {
		this.waiter.set(null);
		FutureTask<Boolean> task = Engines.async(() -> {
			this.waiter.set(Thread.currentThread());
			return this.transit.awaitPrior(nanos);
		});
		untilParked();
		return task;
	}

	private void untilParked() {
		Engines.until("the thread is parked",
				() -> this.waiter.get() != null && this.waiter.get().getState() == Thread.State.WAITING);
	}

}
