package io.github.workqueue.durable;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often the rows are counted. */
class CountsTests {

	private long now;

	private Duration takes = Duration.ZERO;

	private int asked;

	private final Counts counts = new Counts(this::count, () -> this.now);

	private List<DurableCount> count() {
		this.now += this.takes.toNanos();
		return List.of(new DurableCount("mails", "mail", ++this.asked, 0, 0, 0));
	}

	private long look() {
		return this.counts.get().get(0).pending();
	}

	@Test
	void fewRowsAreCountedEachTime() {
		this.takes = Counts.LONG;
		assertThat(look()).isEqualTo(1);
		assertThat(look()).isEqualTo(2);
	}

	@Test
	void manyRowsAreCountedInATwentiethOfTheTime() {
		this.takes = Duration.ofSeconds(1);
		assertThat(look()).isEqualTo(1);
		this.now += Duration.ofMillis(18_999).toNanos();
		assertThat(look()).isEqualTo(1);
		this.now += Duration.ofMillis(1).toNanos();
		assertThat(look()).isEqualTo(2);
	}

}
