package io.github.workqueue.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	@Test
	void splitsAtWhatIsNoPartOfAnIdentifier() {
		assertThat(Words.of("this.queue_work(cpu0, Größe);")).containsExactly("this", "queue_work", "cpu0", "größe");
	}

	@Test
	void takesEachWordOnce() {
		assertThat(Words.of("Drain drain DRAIN")).containsExactly("drain");
	}

	@Test
	void agreesWithTheTokenizerOnEveryCharacter() {
		for (int codePoint = 1; codePoint <= 0xFFFF; codePoint++) {
			if (!Character.isSurrogate((char) codePoint)) {
				assertThat(Words.of(Character.toString(codePoint)).isEmpty()).as("U+%04X", codePoint)
					.isEqualTo(!Words.isPart(codePoint));
			}
		}
	}

}
