package io.github.workqueue.engine;

import java.util.Objects;

import io.github.workqueue.engine.Completion.Barrier;
import org.jspecify.annotations.Nullable;

/**
 * What a flush of a queue waits for in one pool. Every item that enters gets the current
 * colour; a flush closes that colour, so that later items get another, and waits until it
 * and all earlier ones have ended. Later items never hold a flush up.
 * <p>
 * Kernel: {@code work_color}, {@code flush_color}, {@code nr_in_flight[]}. Difference: a
 * colour is an object here, so there are as many as there are flushes under way and no
 * flusher waits for a free one. Flushes that find nothing new share the newest closed
 * colour. All methods are called by the holder of the pool's lock.
 */
final class FlushColors {

	/** One generation of items. */
	static final class Color {

		@PoolLocked
		private int inFlight;

		@PoolLocked
		private @Nullable Color next;

		@PoolLocked
		private @Nullable Barrier waiters;

	}

	@PoolLocked
	private Color current = new Color();

	/** The oldest colour that has not ended; the current one if no flush is under way. */
	@PoolLocked
	private Color oldest = this.current;

	@PoolLocked
	private @Nullable Color newestClosed;

	Color enter() {
		this.current.inFlight++;
		return this.current;
	}

	void leave(Color color) {
		assert color.inFlight > 0;
		color.inFlight--;
		while (this.oldest != this.current && this.oldest.inFlight == 0) {
			Color ended = this.oldest;
			this.oldest = next(ended);
			Barrier waiters = ended.waiters;
			// idle items still know their last colour
			ended.next = null;
			ended.waiters = null;
			Barrier.completeAll(waiters);
		}
		if (this.oldest == this.current) {
			this.newestClosed = null;
		}
	}

	private static Color next(Color color) {
		return Objects.requireNonNull(color.next, "a closed colour has a successor");
	}

	/** Makes the completion wait for all items that have entered and not left. */
	void flush(Completion completion) {
		if (this.current.inFlight > 0) {
			close();
		}
		Color last = this.newestClosed;
		if (last != null) {
			last.waiters = completion.barrier(last.waiters);
		}
	}

	private void close() {
		Color fresh = new Color();
		this.current.next = fresh;
		this.newestClosed = this.current;
		this.current = fresh;
	}

	/** Items that have entered and not left, for the structure validator. */
	int inFlight() {
		int sum = 0;
		for (Color color = this.oldest; color != null; color = color.next) {
			sum += color.inFlight;
		}
		return sum;
	}

}
