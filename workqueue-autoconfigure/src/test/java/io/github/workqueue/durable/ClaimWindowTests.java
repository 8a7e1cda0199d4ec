package io.github.workqueue.durable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How far back claims look. */
class ClaimWindowTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final List<Duration> looks = new ArrayList<>();

	private long now = 7;

	private final ClaimWindow window = new ClaimWindow(() -> this.now);

	private Duration takes = SECOND;

	/** Finds rows that have been due for so long. */
	private Duration look(Set<String> works, int... secondsOverdue) {
		this.window.look(works, (back) -> {
			this.looks.add(back);
			this.now += this.takes.toNanos();
			return IntStream.of(secondsOverdue)
				.mapToObj((overdue) -> new DurableClaim(new WorkId("mail", null), "mails", 1, 1, null, "lease",
						Duration.ofSeconds(overdue)))
				.toList();
		});
		this.takes = Duration.ZERO;
		return this.looks.get(this.looks.size() - 1);
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	@Test
	void beginsALittleBeforeTheOldestRowThatWasFound() {
		assertThat(look(Set.of("mail"), 3, 5, 4)).isEqualTo(ClaimWindow.EVERYTHING);
		assertThat(look(Set.of("mail"), 2)).isEqualTo(SECOND.plus(Duration.ofSeconds(5)).plus(ClaimWindow.SLACK));
		assertThat(look(Set.of("mail"))).isEqualTo(Duration.ofSeconds(2).plus(ClaimWindow.SLACK));
		pass(SECOND);
		assertThat(look(Set.of("mail"))).isEqualTo(Duration.ofSeconds(3).plus(ClaimWindow.SLACK));
	}

	@Test
	void doesNotCreepBackwards() {
		look(Set.of("mail"), 5);
		Duration first = look(Set.of("mail"), 7);
		assertThat(look(Set.of("mail"), 7)).isEqualTo(first);
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
