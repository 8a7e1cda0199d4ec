package io.github.workqueue.spring;

import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.github.workqueue.spring.BatchKeys.Due;
import io.github.workqueue.spring.BatchKeys.Outcome;
import io.github.workqueue.spring.BatchKeys.Ticket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys of a batch while requests are under way, each interleaving by hand.
 */
class BatchKeysTests {

	private static final long NEVER = Long.MAX_VALUE / 4;

	private final BatchKeys keys = new BatchKeys();

	@Test
	void aRefusedKeyIsForgotten() {
		assertThat(this.keys.withdraw(put("a", "refused", 10, Due.KEEP))).isTrue();
		assertThat(this.keys.isEmpty()).isTrue();
	}

	@Test
	void aRequestThatHasJoinedARefusedOneIsNotLost() {
		Ticket refused = put("a", "refused", 10, Due.KEEP);
		Ticket second = put("a", "second", 10, Due.KEEP);
		assertThat(second.joined()).as("whether the first is granted").isFalse();
		assertThat(this.keys.withdraw(refused)).isTrue();
		assertThat(this.keys.settle(second)).isEqualTo(Outcome.ACCEPTED);
		assertThat(begin(10)).containsExactly("second");
	}

	@Test
	void oneOfTwoRequestsMakesTheKeyPending() {
		Ticket first = put("a", "first", 10, Due.KEEP);
		Ticket second = put("a", "second", 10, Due.KEEP);
		assertThat(this.keys.settle(second)).isEqualTo(Outcome.ACCEPTED);
		assertThat(this.keys.settle(first)).isEqualTo(Outcome.PENDING);
		assertThat(begin(10)).containsExactly("second");
	}

	/** What is kept of the first due key is compared with all keys at each question. */
	@Test
	void theFirstDueKeyIsKnownWhateverHappensToOthers() {
		Random random = new Random(1);
		for (int step = 0; step < 5_000; step++) {
			String key = "key" + random.nextInt(12);
			long due = random.nextInt(100);
			switch (random.nextInt(7)) {
				case 0, 1 -> this.keys.settle(put(key, "asked", due, Due.KEEP));
				case 2 -> this.keys.settle(put(key, "moved", due, Due.values()[random.nextInt(3)]));
				case 3 -> this.keys.withdraw(put(key, "refused", due, Due.REPLACE));
				case 4 -> this.keys.remove(key);
				case 5 -> this.keys.expediteAll(due);
				default -> {
					this.keys.begin(3, due, false, false);
					this.keys.nextDue();
					this.keys.end(random.nextInt(4) == 0);
				}
			}
			this.keys.nextDue();
		}
		this.keys.giveUp();
		this.keys.removeAll();
		assertThat(this.keys.nextDue()).isNull();
	}

	@Test
	void aRefusedMoveLeavesTimeAndArgument() {
		accept("a", "accepted", 10);
		assertThat(this.keys.withdraw(put("a", "refused", 99, Due.REPLACE))).isTrue();
		assertThat(this.keys.nextDue()).isEqualTo(10);
		assertThat(begin(10)).containsExactly("accepted");
	}

	@Test
	void aRefusedMoveLeavesALaterOne() {
		accept("a", "accepted", 10);
		Ticket refused = put("a", "refused", 99, Due.REPLACE);
		this.keys.settle(put("a", "later", 50, Due.REPLACE));
		assertThat(this.keys.withdraw(refused)).isTrue();
		assertThat(this.keys.nextDue()).isEqualTo(50);
		assertThat(begin(50)).containsExactly("later");
	}

	@Test
	void aKeyThatWaitsForTheEndOfARunIsNotRefused() {
		accept("a", "running", 10);
		accept("b", "waiting", 99);
		assertThat(begin(10)).containsExactly("running");
		Ticket ticket = put("b", "latest", 20, Due.REPLACE);
		assertThat(this.keys.withdraw(ticket)).isFalse();
		assertThat(this.keys.settle(ticket)).isEqualTo(Outcome.PENDING);
		this.keys.end(false);
		assertThat(this.keys.nextDue()).isEqualTo(20);
		assertThat(begin(20)).containsExactly("latest");
	}

	@Test
	void aRefusedRequestThatARunHasTakenWasServed() {
		accept("a", "accepted", 10);
		Ticket refused = put("b", "served", 10, Due.KEEP);
		assertThat(begin(10)).containsExactly("accepted", "served");
		assertThat(this.keys.withdraw(refused)).isFalse();
		assertThat(this.keys.settle(refused)).isEqualTo(Outcome.ACCEPTED);
	}

	@Test
	void aFailedAttemptTakesARequestOverThatIsRefusedThen() {
		accept("a", "accepted", 10);
		assertThat(begin(10)).containsExactly("accepted");
		Ticket refused = put("a", "refused", 20, Due.KEEP);
		this.keys.end(true);
		assertThat(this.keys.withdraw(refused)).isTrue();
		assertThat(begin(20)).containsExactly("accepted");
	}

	@Test
	void aFailedAttemptTakesALaterArgumentOver() {
		accept("a", "first", 10);
		assertThat(begin(10)).containsExactly("first");
		accept("a", "second", 20);
		this.keys.end(true);
		assertThat(begin(20)).containsExactly("second");
	}

	private void accept(String key, String argument, long dueAt) {
		assertThat(this.keys.settle(put(key, argument, dueAt, Due.KEEP))).isEqualTo(Outcome.ACCEPTED);
	}

	private Ticket put(String key, String argument, long dueAt, Due due) {
		return Objects.requireNonNull(this.keys.put(key, argument, null, dueAt, NEVER, false, due));
	}

	private List<Object> begin(long now) {
		return this.keys.begin(5, now, false, false);
	}

}
