package io.github.workqueue.durable;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows that an instance cannot read. */
class ParkedTests {

	private final Parked parked = new Parked();

	private void park(String work, int rows) {
		for (int i = 0; i < rows; i++) {
			this.parked.add(new WorkId(work, String.valueOf(i)),
					new UnreadableRunException("no number", new IllegalArgumentException()));
		}
	}

	@Test
	void fewAreLeftOutOfClaimsOneByOne() {
		park("mail", 3);
		assertThat(this.parked.ids()).hasSize(3);
		assertThat(this.parked.isWhole("mail")).isFalse();
	}

	/**
	 * Story of an instance that claimed nothing any more, since it named too many rows.
	 */
	@Test
	void withTooManyTheWorkIsLeftOutAsAWhole() {
		park("mail", 100_000);
		park("other", 1);
		assertThat(this.parked.isWhole("mail")).isTrue();
		assertThat(this.parked.ids()).containsExactly(new WorkId("other", "0").text());
	}

}
