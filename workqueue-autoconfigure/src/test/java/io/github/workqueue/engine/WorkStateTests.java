package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.engine.WorkState.Take;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Each transition of the state word changes its own bits and no other.
 */
class WorkStateTests {

	private final WorkState state = new WorkState() {
	};

	@Test
	void aFreshItemIsIdleAndWasOnNoPool() {
		assertState(false, false, false, 0, -1);
	}

	@Test
	void isTakenOnce() {
		assertThat(this.state.tryTake()).isEqualTo(Take.TAKEN);
		assertState(true, false, false, 0, -1);
		assertThat(this.state.tryTake()).isEqualTo(Take.PENDING);
		this.state.giveBack();
		assertState(false, false, false, 0, -1);
		assertThat(this.state.tryTake()).isEqualTo(Take.TAKEN);
	}

	@Test
	void goesFromTheTimerToItsOwner() {
		this.state.tryTake();
		this.state.arm();
		assertState(true, true, false, 0, -1);
		assertThat(this.state.tryTake()).isEqualTo(Take.PENDING);
		this.state.steal();
		assertState(true, false, false, 0, -1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 4095, Integer.MAX_VALUE - 1 })
	void remembersThePoolThatItWasQueuedOn(int pool) {
		this.state.tryTake();
		this.state.enqueue(pool);
		assertState(true, false, true, 0, pool);
		this.state.steal();
		assertState(true, false, false, 0, pool);
		this.state.enqueue(7);
		assertState(true, false, true, 0, 7);
		this.state.start();
		assertState(false, false, false, 0, 7);
	}

	@Test
	void countsHowOftenItIsDisabled() {
		queueAndStart(3);
		assertThat(this.state.tryDisableIdle("work")).isTrue();
		assertThat(this.state.tryDisableIdle("work")).isTrue();
		assertState(false, false, false, 2, 3);
		assertThat(this.state.tryTake()).isEqualTo(Take.DISABLED);
		assertThat(this.state.enableOnce("work")).isEqualTo(1);
		assertThat(this.state.tryTake()).isEqualTo(Take.DISABLED);
		assertThat(this.state.enableOnce("work")).isZero();
		assertState(false, false, false, 0, 3);
	}

	@Test
	void theGreatestDepthIsKeptAndSpillsIntoNothing() {
		queueAndStart(5);
		for (int i = 0; i < WorkState.MAX_DEPTH; i++) {
			assertThat(this.state.tryDisableIdle("work")).isTrue();
		}
		long deepest = this.state.word();
		assertThatIllegalStateException().isThrownBy(() -> this.state.tryDisableIdle("work"))
			.withMessageContainingAll("'work'", "65535");
		assertThat(this.state.word()).isEqualTo(deepest);
		assertState(false, false, false, 65535, 5);
		assertThat(this.state.enableOnce("work")).isEqualTo(65534);
	}

	@Test
	void anEnableTooMuchChangesNothing() {
		this.state.tryTake();
		this.state.enqueue(2);
		long queued = this.state.word();
		assertThatIllegalStateException().isThrownBy(() -> this.state.enableOnce("work"))
			.withMessageContaining("'work' is not disabled");
		assertThatIllegalStateException().isThrownBy(() -> this.state.tryEnableAndTake(queued, "work"));
		assertThat(this.state.word()).isEqualTo(queued);
	}

	@Test
	void aPendingItemIsDisabledByItsOwnerOnly() {
		this.state.tryTake();
		long taken = this.state.word();
		assertThat(this.state.tryDisableIdle("work")).isFalse();
		assertThat(this.state.word()).isEqualTo(taken);
		this.state.giveBackDisabled();
		assertState(false, false, false, 1, -1);
	}

	@Test
	void theLastEnableTakesTheItemForItsCaller() {
		this.state.tryDisableIdle("work");
		this.state.tryDisableIdle("work");
		long twice = this.state.word();
		assertThat(this.state.tryEnableAndTake(twice, "work")).isTrue();
		assertState(false, false, false, 1, -1);
		assertThat(this.state.tryEnableAndTake(twice, "work")).as("by an old word").isFalse();
		assertThat(this.state.tryEnableAndTake(this.state.word(), "work")).isTrue();
		assertState(true, false, false, 0, -1);
	}

	@Test
	void aLookTellsWhatATakeWouldAndTakesNothing() {
		assertThat(this.state.look()).isEqualTo(WorkState.Take.TAKEN);
		assertState(false, false, false, 0, -1);
		this.state.tryTake();
		assertThat(this.state.look()).isEqualTo(WorkState.Take.PENDING);
		this.state.giveBackDisabled();
		assertThat(this.state.look()).isEqualTo(WorkState.Take.DISABLED);
		this.state.enableOnce("work");
		this.state.tryRetire(this.state.word());
		assertThat(this.state.look()).isEqualTo(WorkState.Take.RETIRED);
	}

	@Test
	void aRetiredItemIsNeverTakenAgain() {
		assertThat(this.state.tryRetire(this.state.word())).isTrue();
		assertState(false, false, false, 0, -1);
		assertThat(this.state.tryTake()).isEqualTo(Take.RETIRED);
		assertThat(this.state.tryRetire(this.state.word())).isFalse();
	}

	@Test
	void aRetiredItemIsNotTakenByItsLastEnableEither() {
		this.state.tryRetire(this.state.word());
		assertThat(this.state.tryDisableIdle("work")).isTrue();
		assertThat(this.state.tryEnableAndTake(this.state.word(), "work")).isTrue();
		assertState(false, false, false, 0, -1);
	}

	@Test
	void isNotRetiredWhilePendingOrDisabled() {
		this.state.tryTake();
		assertThat(this.state.tryRetire(this.state.word())).isFalse();
		this.state.giveBackDisabled();
		assertThat(this.state.tryRetire(this.state.word())).isFalse();
	}

	@Test
	void isNotRetiredByWhoReadTheWordBeforeItRanAgain() {
		queueAndStart(1);
		long old = this.state.word();
		queueAndStart(1);
		assertThat(this.state.tryRetire(old)).isFalse();
		assertThat(this.state.tryTake()).isEqualTo(Take.TAKEN);
	}

	@Test
	void runsWithoutEndWrapTheirCountAndNothingElse() {
		for (int i = 0; i < 5000; i++) {
			queueAndStart(9);
			assertState(false, false, false, 0, 9);
		}
	}

	@Test
	void onlyItsPlaceMayHandItOver() {
		this.state.tryTake();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.state::start);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.state::steal);
		this.state.arm();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.state.enqueue(0));
		this.state.steal();
		this.state.enqueue(0);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.state::giveBack);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.state::giveBackDisabled);
	}

	@Test
	void isIdleWhenItsTimerIsCancelled() {
		this.state.tryTake();
		this.state.arm();
		this.state.giveBack();
		assertThat(this.state.word()).isZero();
	}

	@Test
	void isDisabledWhenItsTimerIsCancelledForThat() {
		this.state.tryTake();
		this.state.arm();
		this.state.giveBackDisabled();
		assertThat(this.state.look()).isEqualTo(Take.DISABLED);
		assertThat(this.state.enableOnce("work")).isZero();
		assertThat(this.state.word()).isZero();
	}

	/**
	 * Between one look at the word and the next others take the item and give it back.
	 */
	@Test
	void underContentionItHasOneOwnerAndNobodyIsToldThatItIsDisabled() throws Exception {
		AtomicInteger owners = new AtomicInteger();
		List<FutureTask<Void>> threads = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			threads.add(Engines.async(() -> {
				for (int round = 0; round < 100_000; round++) {
					takeAndGiveBack(owners);
				}
				return null;
			}));
		}
		for (FutureTask<Void> thread : threads) {
			Engines.get(thread);
		}
		assertState(false, false, false, 0, -1);
	}

	private void takeAndGiveBack(AtomicInteger owners) {
		assertThat(this.state.look()).isIn(Take.TAKEN, Take.PENDING);
		Take take = this.state.tryTake();
		assertThat(take).isIn(Take.TAKEN, Take.PENDING);
		if (take == Take.TAKEN) {
			assertThat(owners.incrementAndGet()).as("owners").isOne();
			owners.decrementAndGet();
			this.state.giveBack();
		}
	}

	private void queueAndStart(int pool) {
		assertThat(this.state.tryTake()).isEqualTo(Take.TAKEN);
		this.state.enqueue(pool);
		this.state.start();
	}

	private void assertState(boolean pending, boolean armed, boolean queued, int depth, int pool) {
		long word = this.state.word();
		assertThat(WorkState.isPending(word)).as("pending").isEqualTo(pending);
		assertThat(WorkState.isArmed(word)).as("armed").isEqualTo(armed);
		assertThat(WorkState.isQueued(word)).as("queued").isEqualTo(queued);
		assertThat(WorkState.depth(word)).as("depth").isEqualTo(depth);
		assertThat(WorkState.pool(word)).as("pool").isEqualTo(pool);
	}

}
