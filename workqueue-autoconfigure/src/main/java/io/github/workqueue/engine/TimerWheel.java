package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Armed items by their due time: add and remove are O(1) and allocate nothing, however
 * many there are. A hierarchical timing wheel after Varghese and Lauck: levels of 2 to 64
 * slots, each slot of a level as long as the whole level below. An item lies on the level
 * of the highest digit in which its tick differs from the current one, so on every level
 * all occupied slots lie ahead, and the first one of the lowest occupied level is the
 * earliest. When its time comes, the items of a higher slot move down.
 * <p>
 * Due times are exact: a slot only sorts. Each slot knows a lower bound of its due times,
 * so nobody has to wake up just to move items down. A wheel has no lock; its owner does.
 */
@Confined("the holder of the owner's lock")
final class TimerWheel {

	private static final int TICK_SHIFT = 12;

	/** Bits of the longest time, in ticks. */
	private static final int TICK_BITS = Long.SIZE - 1 - TICK_SHIFT;

	/** How many bits of a tick one level sorts by. */
	private final int digit;

	private final int slots;

	private final Slot[][] levels;

	/** A bit per slot that may hold items; cleared when found empty. */
	private final long[] occupied;

	/** The time of tick 0. */
	private long origin;

	/** The tick up to which slots have been moved down; never above that of now. */
	private long current;

	private int size;

	/**
	 * Makes an empty wheel.
	 * @param digit how many bits of a tick one level sorts by, 1 to 6
	 */
	TimerWheel(long now, int digit) {
		this.origin = now;
		this.digit = digit;
		this.slots = 1 << digit;
		this.levels = new Slot[(TICK_BITS + digit - 1) / digit][this.slots];
		this.occupied = new long[this.levels.length];
		for (Slot[] level : this.levels) {
			for (int i = 0; i < this.slots; i++) {
				level[i] = new Slot();
			}
		}
	}

	int size() {
		return this.size;
	}

	/** Adds an item by its {@code dueAt}. */
	void add(EngineDelayedWorkItem item, long now) {
		follow(now);
		if (this.size == 0) {
			this.current = Math.max(this.current, tick(now - this.origin));
		}
		this.size++;
		place(item);
	}

	/**
	 * Begins anew where a clock that went back stands now. Such a clock breaks the
	 * promise of {@link TimeSource}, and no item may be lost or be late for that.
	 */
	private void follow(long now) {
		long time = now - this.origin;
		if (time < 0 || tick(time) < this.current) {
			List<EngineDelayedWorkItem> items = new ArrayList<>(this.size);
			forEach(items::add);
			items.forEach((item) -> Objects.requireNonNull(item.list).remove(item));
			this.origin = now;
			this.current = 0;
			items.forEach(this::place);
		}
	}

	private void place(EngineDelayedWorkItem item) {
		long due = Math.max(0, item.dueAt - this.origin);
		long tick = Math.max(tick(due), this.current);
		int level = level(tick);
		int index = digit(tick, level);
		Slot slot = this.levels[level][index];
		slot.earliest = Math.min(slot.earliest, due);
		slot.items.append(item);
		this.occupied[level] |= 1L << index;
	}

	private int level(long tick) {
		long difference = (tick ^ this.current) | (this.slots - 1);
		return (Long.SIZE - 1 - Long.numberOfLeadingZeros(difference)) / this.digit;
	}

	private int digit(long tick, int level) {
		return (int) (tick >>> (level * this.digit)) & (this.slots - 1);
	}

	private static long tick(long time) {
		return time >>> TICK_SHIFT;
	}

	/** Removes an item that is in this wheel. */
	void remove(EngineDelayedWorkItem item) {
		Objects.requireNonNull(item.list).remove(item);
		this.size--;
	}

	/** Takes an item that is due, or returns null. */
	@Nullable EngineDelayedWorkItem pollDue(long now) {
		follow(now);
		long time = now - this.origin;
		for (int level = firstLevel(); level < this.levels.length; level = firstLevel()) {
			int index = Long.numberOfTrailingZeros(this.occupied[level]);
			Slot slot = this.levels[level][index];
			long start = start(level, index);
			if (start > tick(time)) {
				return null;
			}
			this.current = Math.max(this.current, start);
			if (level == 0) {
				return pollSlot(slot, time);
			}
			moveDown(level, index, slot);
		}
		return null;
	}

	/** The lowest level with items; its first occupied slot holds the earliest ones. */
	private int firstLevel() {
		int level = 0;
		while (level < this.levels.length && !hasItems(level)) {
			level++;
		}
		return level;
	}

	private boolean hasItems(int level) {
		while (this.occupied[level] != 0) {
			int index = Long.numberOfTrailingZeros(this.occupied[level]);
			if (!this.levels[level][index].items.isEmpty()) {
				return true;
			}
			this.levels[level][index].earliest = Long.MAX_VALUE;
			this.occupied[level] &= this.occupied[level] - 1;
		}
		return false;
	}

	private long start(int level, int index) {
		int above = (level + 1) * this.digit;
		return ((this.current >>> above) << above) | ((long) index << (level * this.digit));
	}

	private @Nullable EngineDelayedWorkItem pollSlot(Slot slot, long time) {
		if (slot.earliest > time) {
			return null;
		}
		long earliest = Long.MAX_VALUE;
		for (EngineWorkItem item : slot.items) {
			EngineDelayedWorkItem delayed = (EngineDelayedWorkItem) item;
			long due = Math.max(0, delayed.dueAt - this.origin);
			if (due <= time) {
				remove(delayed);
				return delayed;
			}
			earliest = Math.min(earliest, due);
		}
		slot.earliest = earliest;
		return null;
	}

	private void moveDown(int level, int index, Slot slot) {
		this.occupied[level] &= ~(1L << index);
		slot.earliest = Long.MAX_VALUE;
		for (EngineWorkItem item = slot.items.poll(); item != null; item = slot.items.poll()) {
			place((EngineDelayedWorkItem) item);
		}
	}

	/**
	 * Returns how long nothing can be due: at least 1 if nothing is due now, the greatest
	 * value if the wheel is empty.
	 */
	long nanosToNext(long now) {
		int level = firstLevel();
		if (level == this.levels.length) {
			return Long.MAX_VALUE;
		}
		int index = Long.numberOfTrailingZeros(this.occupied[level]);
		return Math.max(1, this.levels[level][index].earliest - (now - this.origin));
	}

	void forEach(Consumer<EngineDelayedWorkItem> action) {
		for (Slot[] level : this.levels) {
			for (Slot slot : level) {
				slot.items.forEach((item) -> action.accept((EngineDelayedWorkItem) item));
			}
		}
	}

	/** Items whose due times share the higher digits of their ticks. */
	@Confined("the holder of the owner's lock")
	private static final class Slot {

		private final WorkList items = new WorkList();

		/** A lower bound of the due times, since the origin. */
		private long earliest = Long.MAX_VALUE;

	}

}
