package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueState;
import io.github.workqueue.test.AutoConfigureWorkqueues.Mode;
import io.github.workqueue.test.WorkqueueTester;
import org.jspecify.annotations.Nullable;

/**
 * Tests against the engine of the context. What it waits for it looks at every
 * millisecond, by the clock of the JVM.
 */
final class EngineTester implements WorkqueueTester {

	private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

	private final WorkqueueEngine engine;

	private final Mode mode;

	private final @Nullable ManualClock clock;

	EngineTester(WorkqueueEngine engine, Mode mode, @Nullable ManualClock clock) {
		this.engine = engine;
		this.mode = mode;
		this.clock = clock;
	}

	/** Whether work waits for this tester, also after the start. */
	boolean isStepped() {
		return this.mode == Mode.STEPPED;
	}

	@Override
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("'duration' is " + duration + "; it must not be negative");
		}
		if (this.clock == null) {
			throw new IllegalStateException(
					"the clock of mode REAL is that of the JVM; use mode INLINE or STEPPED to turn it by hand");
		}
		Duration left = duration;
		for (Duration next = nextDue(left); next.compareTo(left) < 0; next = nextDue(left)) {
			turn(this.clock, next);
			left = left.minus(next);
		}
		turn(this.clock, left);
	}

	/** A timer that fires has left the delays before its item is seen on its queue. */
	private void turn(ManualClock clock, Duration duration) {
		clock.advance(duration);
		await(LONG_ENOUGH, () -> delays().stream().noneMatch(EngineTester::isOver));
		this.engine.settle();
		if (this.mode == Mode.INLINE) {
			awaitQuiet(LONG_ENOUGH);
		}
	}

	/** The time until the next delay ends, at most the limit. */
	private Duration nextDue(Duration limit) {
		return delays().stream()
			.map((work) -> Optional.ofNullable(work.dueIn()).orElse(limit))
			.filter((dueIn) -> dueIn.compareTo(limit) < 0)
			.min(Duration::compareTo)
			.orElse(limit);
	}

	private static boolean isOver(WorkSnapshot delay) {
		return delay.dueIn() != null && delay.dueIn().isZero();
	}

	private List<WorkSnapshot> delays() {
		return works().filter((work) -> work.state() == WorkSnapshot.State.DELAYED).toList();
	}

	private Stream<WorkSnapshot> works() {
		return queues().stream().flatMap((queue) -> this.engine.inspectWorks(queue.name(), Integer.MAX_VALUE).stream());
	}

	private List<WorkqueueSnapshot> queues() {
		return this.engine.inspect().workqueues();
	}

	@Override
	public int runPending() {
		long before = completed();
		awaitQuiet(LONG_ENOUGH);
		return (int) (completed() - before);
	}

	private long completed() {
		return queues().stream().mapToLong((queue) -> queue.stats().completed()).sum();
	}

	@Override
	public void awaitQuiet(Duration timeout) {
		if (isStepped()) {
			this.engine.release();
		}
		try {
			await(timeout, () -> queues().stream().allMatch(EngineTester::isQuiet));
		}
		finally {
			if (isStepped()) {
				this.engine.hold();
			}
		}
	}

	private static boolean isQuiet(WorkqueueSnapshot queue) {
		return queue.running() == 0 && (queue.pending() == 0 || queue.state() == WorkqueueState.FROZEN);
	}

	private void await(Duration timeout, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > timeout.toNanos()) {
				throw new IllegalStateException("after " + timeout + " there is still work: "
						+ works().map((work) -> work.work() + " is " + work.state()).toList());
			}
			LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

}
