package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A flush ends when all items that had entered before it have left, no sooner and no
 * later.
 */
class FlushColorsTests {

	private static final int STEPS = 20_000;

	private final FlushColors colors = new FlushColors();

	private final List<Entry> inside = new ArrayList<>();

	private final List<Waiting> waiting = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void aFlushWaitsForWhatHadEnteredAndNothingElse(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		int most = 0;
		for (int step = 0; step < STEPS; step++) {
			int choice = random.nextInt(20);
			if (choice < 9) {
				this.inside.add(new Entry(this.colors.enter()));
			}
			else if (choice < 18 && !this.inside.isEmpty()) {
				leave(this.inside.remove(random.nextInt(this.inside.size())));
			}
			else {
				flush();
			}
			most = Math.max(most, this.waiting.size());
			check();
		}
		while (!this.inside.isEmpty()) {
			leave(this.inside.remove(random.nextInt(this.inside.size())));
			check();
		}
		assertThat(this.waiting).isEmpty();
		assertThat(most).as("flushes under way at once").isGreaterThan(15);
	}

	private void leave(Entry entry) {
		this.colors.leave(entry.color);
		this.waiting.forEach((flush) -> flush.entries.remove(entry));
	}

	private void flush() {
		Completion completion = new Completion(TimeSource.SYSTEM);
		this.colors.flush(completion);
		this.waiting.add(new Waiting(completion, new HashSet<>(this.inside)));
	}

	private void check() {
		assertThat(this.colors.inFlight()).isEqualTo(this.inside.size());
		for (Waiting flush : this.waiting) {
			assertThat(flush.completion.isDone()).as("flush of %d items is done", flush.entries.size())
				.isEqualTo(flush.entries.isEmpty());
		}
		this.waiting.removeIf((flush) -> flush.entries.isEmpty());
	}

	@Test
	void laterItemsThatEndFirstDoNotEndAFlush() {
		FlushColors.Color early = this.colors.enter();
		Completion completion = new Completion(TimeSource.SYSTEM);
		this.colors.flush(completion);
		FlushColors.Color late = this.colors.enter();
		this.colors.leave(late);
		assertThat(completion.isDone()).isFalse();
		this.colors.leave(early);
		assertThat(completion.isDone()).isTrue();
	}

	@Test
	void flushesThatFindNothingNewShareAColour() {
		FlushColors.Color early = this.colors.enter();
		Completion first = new Completion(TimeSource.SYSTEM);
		Completion second = new Completion(TimeSource.SYSTEM);
		this.colors.flush(first);
		FlushColors.Color fresh = this.colors.enter();
		this.colors.leave(fresh);
		this.colors.flush(second);
		assertThat(this.colors.enter()).as("the colour in use").isSameAs(fresh);
		this.colors.leave(early);
		assertThat(first.isDone() && second.isDone()).isTrue();
	}

	/** An item inside. */
	private static final class Entry {

		private final FlushColors.Color color;

		private Entry(FlushColors.Color color) {
			this.color = color;
		}

	}

	/** A flush, and the items that it must wait for. */
	private record Waiting(Completion completion, Set<Entry> entries) {

	}

}
