package io.github.workqueue.durable;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** From when on claims look. */
class ClaimWindowTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final OffsetDateTime BEGIN = OffsetDateTime.parse("2026-01-01T12:00:00Z");

	private final List<OffsetDateTime> looks = new ArrayList<>();

	private Duration passed = Duration.ZERO;

	private final ClaimWindow window = new ClaimWindow(() -> 7 + this.passed.toNanos(), this::present);

	private Duration takes = SECOND;

	private OffsetDateTime present() {
		return BEGIN.plus(this.passed);
	}

	/** Finds rows that were due so many seconds after the begin. */
	private OffsetDateTime look(Set<String> works, int... due) {
		this.window.look(works, (from) -> {
			this.looks.add(from);
			pass(this.takes);
			return IntStream.of(due)
				.mapToObj((second) -> new DurableClaim(new WorkId("mail", null), "mails", 1, 1, null, "lease",
						BEGIN.plusSeconds(second)))
				.toList();
		});
		this.takes = Duration.ZERO;
		return this.looks.get(this.looks.size() - 1);
	}

	private void pass(Duration time) {
		this.passed = this.passed.plus(time);
	}

	private static OffsetDateTime before(int second) {
		return BEGIN.plusSeconds(second).minus(ClaimWindow.SLACK);
	}

	@Test
	void beginsALittleBeforeTheOldestRowThatWasFound() {
		assertThat(look(Set.of("mail"), -30, -50, -40)).isEqualTo(ClaimWindow.EVERYTHING);
		assertThat(look(Set.of("mail"), -20)).isEqualTo(before(-50));
		assertThat(look(Set.of("mail"))).isEqualTo(before(-20));
		assertThat(look(Set.of("mail"))).isEqualTo(before(-20));
	}

	/**
	 * Story of rows that waited for a minute: a claim waited for a connection, and
	 * counted from when it got one.
	 */
	@Test
	void aClaimThatTakesLongLeavesNothingBehind() {
		this.takes = SECOND.multipliedBy(10);
		look(Set.of("mail"));
		this.takes = SECOND.multipliedBy(10);
		assertThat(look(Set.of("mail"), 1)).as("after the first has begun").isEqualTo(before(0));
		assertThat(look(Set.of("mail"))).isEqualTo(before(1));
	}

	@Test
	void doesNotCreepBackwards() {
		look(Set.of("mail"), -50);
		OffsetDateTime first = look(Set.of("mail"), -52);
		assertThat(look(Set.of("mail"), -52)).isEqualTo(first);
	}

	@Test
	void looksAtEverythingInATwentiethOfTheTime() {
		look(Set.of("mail"));
		pass(SECOND.multipliedBy(18));
		assertThat(look(Set.of("mail"))).isNotEqualTo(ClaimWindow.EVERYTHING);
		pass(SECOND);
		assertThat(look(Set.of("mail"))).isEqualTo(ClaimWindow.EVERYTHING);
	}

	@Test
	void looksAtEverythingNowAndThenHoweverLongThatTakes() {
		this.takes = Duration.ofMinutes(1);
		look(Set.of("mail"));
		pass(ClaimWindow.LONGEST.minusNanos(1));
		assertThat(look(Set.of("mail"))).isNotEqualTo(ClaimWindow.EVERYTHING);
		pass(Duration.ofNanos(1));
		assertThat(look(Set.of("mail"))).isEqualTo(ClaimWindow.EVERYTHING);
	}

	@Test
	void tellsWhenTheRestIsSeen() {
		look(Set.of("mail"));
		assertThat(this.window.unseen()).isZero();
		pass(SECOND);
		look(Set.of("mail"));
		assertThat(this.window.unseen()).isEqualTo(SECOND.multipliedBy(18));
	}

	@Test
	void worksThatWereNotAskedForHaveTheirOwnOldestRow() {
		look(Set.of("mail"));
		assertThat(look(Set.of("mail", "post"))).isEqualTo(ClaimWindow.EVERYTHING);
	}

	@Test
	void keepsFewWindows() {
		for (int i = 0; i < 1000; i++) {
			this.takes = SECOND;
			look(Set.of("work" + i));
		}
		assertThat(look(Set.of("work0"))).as("forgotten").isEqualTo(ClaimWindow.EVERYTHING);
	}

}
