package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.engine.EngineDelayedWorkItem.Kind;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Timers that are armed, moved, stolen and that fire. Each armed instance has one end:
 * somebody steals it, or it fires.
 */
public final class TimerDriver {

	private static final int ITEMS = 2;

	private static final long DELAY_NANOS = 100;

	private final Clock clock = new Clock();

	private final TimerQueue timers = new TimerQueue(this.clock, new Transit(this.clock), Tuning.DEFAULT);

	private final EngineDelayedWorkItem[] items = new EngineDelayedWorkItem[ITEMS];

	private final AtomicIntegerArray armed = new AtomicIntegerArray(ITEMS);

	private final AtomicIntegerArray ended = new AtomicIntegerArray(ITEMS);

	public TimerDriver() {
		for (int i = 0; i < ITEMS; i++) {
			WorkDefinition definition = new WorkDefinition("item-" + i, null, (WorkHandler) WorkItem::name);
			this.items[i] = new EngineDelayedWorkItem(definition);
		}
	}

	/** The engine, but it does not start the thread of the timers. */
	static EngineCopy engine() {
		return new EngineCopy().without(TimerQueue.class, "start", "start").sound();
	}

	@Operation
	public void arm(@Param(gen = IntGen.class, conf = "0:1") int item) {
		if (this.items[item].tryTake() == WorkState.Take.TAKEN) {
			this.armed.incrementAndGet(item);
			this.timers.arm(this.items[item], DELAY_NANOS, Kind.PLAIN);
		}
	}

	@Operation
	public void move(@Param(gen = IntGen.class, conf = "0:1") int item) {
		this.timers.move(this.items[item], DELAY_NANOS, null, 0);
	}

	@Operation
	public void steal(@Param(gen = IntGen.class, conf = "0:1") int item) {
		if (this.timers.steal(this.items[item])) {
			end(this.items[item]);
		}
	}

	/** The time comes, and what is due fires. */
	@Operation(nonParallelGroup = "timer thread")
	public void fire() {
		this.clock.now += DELAY_NANOS;
		List<EngineDelayedWorkItem> due = new ArrayList<>();
		this.timers.collect(due);
		due.forEach(this::end);
	}

	private void end(EngineDelayedWorkItem item) {
		this.ended.incrementAndGet(item.name().endsWith("0") ? 0 : 1);
		item.giveBack();
	}

	@Validate
	public void eachArmedInstanceEndsOnce() {
		int left = 0;
		for (int i = 0; i < ITEMS; i++) {
			boolean isArmed = WorkState.isArmed(this.items[i].word());
			left += isArmed ? 1 : 0;
			if (this.armed.get(i) != this.ended.get(i) + (isArmed ? 1 : 0)) {
				throw new AssertionError("item " + i + " was armed " + this.armed.get(i) + " times and ended "
						+ this.ended.get(i) + " times");
			}
		}
		if (this.timers.size() != left) {
			throw new AssertionError(this.timers.size() + " timers for " + left + " armed items");
		}
	}

	/** Turned by the timer thread alone. */
	private static final class Clock implements TimeSource {

		private volatile long now;

		@Override
		public long nanoTime() {
			return this.now;
		}

		@Override
		public void parkNanos(Object blocker, long nanos) {
			throw new AssertionError("nobody waits here");
		}

	}

}
