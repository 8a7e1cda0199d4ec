package io.github.workqueue.durable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Waits for runs on any instance, by looking at their rows at growing intervals.
 * Thread-safe.
 */
public final class DurableWaits {

	private static final long FIRST_MILLIS = 1;

	private static final long LAST_MILLIS = 50;

	/**
	 * How long requests are refused after the last look of who waits; longer than many
	 * looks.
	 */
	private static final Duration REFUSE = Duration.ofSeconds(5);

	private final DurableStore store;

	private final Runnable wake;

	DurableWaits(DurableStore store, Runnable wake) {
		this.store = store;
		this.wake = wake;
	}

	Outcome flush(WorkId id, @Nullable Duration timeout) throws InterruptedException {
		long start = System.nanoTime();
		if (!await(timeout, () -> this.store.settle(id))) {
			return Outcome.RUNS_ON;
		}
		DurableRow first = this.store.find(id).orElse(null);
		if (first == null) {
			return Outcome.IDLE;
		}
		this.store.runNow(id);
		this.wake.run();
		long target = first.target();
		boolean ended = await(left(timeout, start), () -> hasEnded(this.store.find(id), first.born(), target));
		return ended ? Outcome.ENDED : Outcome.RUNS_ON;
	}

	/**
	 * Waits for all that is due on a queue or runs now.
	 * @param left what is not waited for
	 */
	boolean flush(String queue, @Nullable Duration timeout, Predicate<WorkId> left) throws InterruptedException {
		long start = System.nanoTime();
		return settle(queue, timeout) && flushSettled(queue, left(timeout, start), left);
	}

	private boolean settle(String queue, @Nullable Duration timeout) throws InterruptedException {
		Optional<Long> last = this.store.lastNoted(queue);
		this.wake.run();
		return last.isEmpty() || await(timeout, () -> this.store.isSettled(queue, last.get()));
	}

	private boolean flushSettled(String queue, @Nullable Duration timeout, Predicate<WorkId> left)
			throws InterruptedException {
		Map<WorkId, DurableRow> awaited = this.store.active(queue);
		awaited.keySet().removeIf(left);
		this.wake.run();
		return await(timeout, () -> {
			Map<WorkId, DurableRow> now = awaited.isEmpty() ? Map.of() : this.store.active(queue);
			awaited.entrySet()
				.removeIf((row) -> hasEnded(Optional.ofNullable(now.get(row.getKey())), row.getValue().born(),
						row.getValue().dueTarget()));
			return awaited.isEmpty();
		});
	}

	/** Also if the run was moved away: then there is nothing to wait for. */
	private static boolean hasEnded(Optional<DurableRow> row, long born, long target) {
		return row.isEmpty() || row.get().born() != born || row.get().ended() >= target
				|| (!row.get().picked() && row.get().isDelayed());
	}

	boolean cancelSync(WorkId id) throws InterruptedException {
		boolean cancelled = this.store.cancelAndRefuse(id, REFUSE);
		boolean over = false;
		try {
			await(null, () -> isOver(id));
			over = true;
		}
		finally {
			if (!over) {
				this.store.refuse(id, Duration.ZERO);
			}
		}
		return cancelled;
	}

	private boolean isOver(WorkId id) {
		Optional<DurableRow> row = this.store.find(id).filter(DurableRow::picked);
		if (row.isPresent()) {
			this.store.refuse(id, REFUSE);
		}
		return row.isEmpty();
	}

	private static @Nullable Duration left(@Nullable Duration timeout, long start) {
		return (timeout != null) ? timeout.minusNanos(System.nanoTime() - start) : null;
	}

	private static boolean await(@Nullable Duration timeout, BooleanSupplier condition) throws InterruptedException {
		long start = System.nanoTime();
		for (long pause = FIRST_MILLIS; !condition.getAsBoolean(); pause = Math.min(2 * pause, LAST_MILLIS)) {
			if (timeout != null && System.nanoTime() - start >= timeout.toNanos()) {
				return false;
			}
			TimeUnit.MILLISECONDS.sleep(pause);
		}
		return true;
	}

	/**
	 * How a wait ended.
	 */
	public enum Outcome {

		/** There was nothing to wait for. */
		IDLE,

		/** What was waited for has ended, or was cancelled or moved. */
		ENDED,

		/** The time is over. */
		RUNS_ON

	}

}
