package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The clock stands still, jumps by hours, or goes back: nothing is lost or early, nobody
 * is reported or called for who is not to blame, and the engine goes on.
 */
class TimeFaultTests {

	private static final String LOCKUP = "BUG: workqueue lockup - pool";

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration STEP = Duration.ofMillis(1);

	@RegisterExtension
	final Engines engines = new Engines();

	private final ManualTime time = new ManualTime();

	private final Gate gate = this.engines.gate();

	private final AtomicInteger runs = new AtomicInteger();

	/** How far the test has turned the clock. */
	private long turned;

	// ---- timers ----

	@Test
	void aJumpOfHoursRunsWhatIsDueAndNothingElse() {
		WorkqueueEngine engine = start();
		List<DelayedWorkItem> items = new ArrayList<>();
		for (int i = 0; i < 600; i++) {
			DelayedWorkItem item = engine.initDelayedWork("item-" + i, (work) -> this.runs.incrementAndGet());
			item.schedule(Duration.ofMinutes(i).plusNanos(1));
			items.add(item);
		}
		turn(HOUR.multipliedBy(5));
		awaitRuns(300);
		assertThat(items.subList(0, 300)).noneMatch(WorkItem::isPending);
		assertThat(items.subList(300, 600)).allMatch(WorkItem::isPending);
		turn(HOUR.multipliedBy(500));
		awaitRuns(600);
		assertThat(engine.timers.size()).isZero();
	}

	@Test
	void workGoesOnWhileTheClockStandsStill() throws Exception {
		WorkqueueEngine engine = start();
		DelayedWorkItem delayed = engine.initDelayedWork("delayed", this.gate.passing());
		delayed.schedule(STEP);
		for (int i = 0; i < 200; i++) {
			WorkItem work = Engines.queue(engine, "work", (self) -> this.runs.incrementAndGet());
			work.flush();
		}
		DelayedWorkItem now = engine.initDelayedWork("now", (self) -> this.runs.incrementAndGet());
		now.schedule(Duration.ZERO);
		now.flush();
		assertThat(this.runs).hasValue(201);
		assertThat(delayed.isPending()).isTrue();
		assertThat(this.gate.hasStarted()).isFalse();
		turn(STEP);
		this.gate.awaitStarts(1);
	}

	@Test
	void aClockThatGoesBackMakesNothingEarlyAndLosesNothing() throws Exception {
		WorkqueueEngine engine = start();
		DelayedWorkItem before = engine.initDelayedWork("before", this.gate.passing());
		before.schedule(SECOND);
		turn(HOUR.negated());
		DelayedWorkItem after = engine.initDelayedWork("after", (work) -> this.runs.incrementAndGet());
		after.schedule(SECOND);
		turn(SECOND.minusNanos(1));
		assertThat(after.isPending()).isTrue();
		turn(Duration.ofNanos(1));
		awaitRuns(1);
		assertThat(before.isPending()).isTrue();
		turn(HOUR.minusNanos(1));
		assertThat(before.isPending()).isTrue();
		assertThat(this.gate.hasStarted()).isFalse();
		turn(Duration.ofNanos(1));
		this.gate.awaitStarts(1);
	}

	@Test
	void aJumpEndsTimedWaitsAndNothingElse() throws Exception {
		WorkqueueEngine engine = start();
		WorkItem work = Engines.queue(engine, "work", this.gate);
		this.gate.awaitStarts(1);
		FutureTask<Boolean> endless = Engines.async(work::flush);
		FutureTask<Boolean> timed = Engines.async(() -> {
			try {
				return work.flush(HOUR);
			}
			catch (TimeoutException ex) {
				return null;
			}
		});
		Engines.untilWaiting(List.of(endless, timed));
		turn(HOUR.multipliedBy(2));
		assertThat(Engines.get(timed)).as("timed out").isNull();
		assertThat(endless).isNotDone();
		this.gate.open();
		assertThat(Engines.get(endless)).isTrue();
	}

	// ---- the watchdog ----

	@Test
	void aPoolThatTakesItemsIsNeverReported() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		WorkqueueEngine engine = start(settings().watchdogThreshold(SECOND.multipliedBy(30)).listener(exactTimes()));
		Workqueue bh = engine.get("system_bh_wq");
		for (int i = 0; i < 20; i++) {
			Engines.queue(engine, bh, "work-" + i, this.gate);
		}
		this.gate.awaitStarts(1);
		for (int i = 1; i < 19; i++) {
			turn(SECOND.multipliedBy(20));
			this.gate.letGo(1);
			this.gate.awaitStarts(1);
		}
		assertThat(engine.inspectStalls()).isEmpty();
		Engines.until("it is reported when it takes none", () -> {
			turn(SECOND);
			return !log.containing(LOCKUP).isEmpty();
		});
		assertThat(log.containing(LOCKUP)).hasSize(1);
		assertThat(log.containing("makes progress again")).isEmpty();
	}

	/** With a listener no start is noted by a time that the monitor read before. */
	private static WorkListener exactTimes() {
		return new WorkListener() {
		};
	}

	/** Who is stuck is reported once after a jump, however far that was. */
	@Test
	void aJumpIsReportedOnceAndTheReportEnds() throws Exception {
		LogCapture log = this.engines.closing(new LogCapture());
		WorkqueueEngine engine = start(settings().watchdogThreshold(SECOND.multipliedBy(30)));
		Workqueue bh = engine.get("system_bh_wq");
		Engines.queue(engine, bh, "work", this.gate);
		this.gate.awaitStarts(1);
		Engines.queue(engine, bh, "behind", this.gate);
		Engines.until("a report", () -> {
			turn(HOUR);
			return !log.containing(LOCKUP).isEmpty();
		});
		this.gate.open();
		Engines.until("the end is told", () -> {
			turn(STEP);
			return !log.containing("makes progress again").isEmpty();
		});
		int reports = log.containing(LOCKUP).size();
		assertThat((long) reports).as("at most one for each turn").isLessThanOrEqualTo(this.turned / HOUR.toNanos());
		assertThat(engine.inspectStalls()).isEmpty();
		turn(HOUR.multipliedBy(9));
		Engines.queue(engine, bh, "later", (work) -> this.runs.incrementAndGet());
		awaitRuns(1);
		assertThat(engine.inspectStalls()).isEmpty();
		assertThat(log.containing(LOCKUP)).hasSize(reports);
	}

	// ---- workers ----

	@Test
	void aJumpEndsSurplusWorkersAndTheOthersGoOn() throws Exception {
		WorkqueueEngine engine = start(settings().idleTimeout(SECOND.multipliedBy(300)));
		Workqueue queue = engine.alloc("queue", 0, WorkqueueFlag.UNBOUND);
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 6; i++) {
				Engines.queue(engine, queue, "work-" + i, this.gate);
			}
			this.gate.awaitStarts(6);
			this.gate.letGo(6);
			queue.flush();
			WorkerPool pool = queue(queue).links()[0].pool;
			Engines.until("all idle", () -> pool.idle.size() == pool.creation.count());
			Engines.until("two are left", () -> {
				turn(HOUR);
				return pool.creation.count() == 2;
			});
		}
		assertThat(this.gate.ended).hasValue(18);
	}

	private static EngineWorkqueue queue(Workqueue queue) {
		return (EngineWorkqueue) queue;
	}

	/** A worker is a hog by what it has burned, not by how long that took. */
	@Test
	void aJumpMakesNobodyAHog() throws Exception {
		CountingProbe probe = new CountingProbe();
		WorkqueueEngine engine = this.engines.start(settings(), probe);
		Engines.queue(engine, "burner", this.gate.burning());
		this.gate.awaitStarts(1);
		Engines.queue(engine, "next", (work) -> this.runs.incrementAndGet());
		for (int jump = 0; jump < 5; jump++) {
			int looks = probe.looks.get();
			Engines.until("the monitor looks again", () -> {
				turn(HOUR.multipliedBy(5));
				return probe.looks.get() > looks;
			});
		}
		assertThat(Engines.stats(engine, "system_wq").cpuIntensive()).isZero();
		assertThat(engine.pool(0).concurrency.running()).isOne();
		assertThat(this.runs).hasValue(0);
		this.gate.open();
		Engines.until("the next one runs", () -> this.runs.get() == 1);
	}

	/** The monitor looks again soon, although its next look was planned for later. */
	@Test
	void whoSleepsIsReplacedAlsoWhenTheClockWentBack() throws Exception {
		WorkqueueEngine engine = start();
		Gate sleeper = this.engines.gate();
		Engines.queue(engine, "burner", this.gate.burning());
		this.gate.awaitStarts(1);
		Engines.queue(engine, "next", sleeper);
		Engines.until("the monitor waits", this.time::isAwaited);
		turn(HOUR.negated());
		Engines.queue(engine, "last", (work) -> this.runs.incrementAndGet());
		this.gate.open();
		sleeper.awaitStarts(1);
		Engines.until("the sleeper is replaced", () -> {
			turn(STEP);
			return this.runs.get() == 1;
		});
		assertThat(Duration.ofNanos(this.turned)).as("how far the clock is back").isLessThan(HOUR.dividedBy(-2));
		assertThat(sleeper.ended).hasValue(0);
	}

	// ---- who is called when no worker can be had ----

	@Test
	void threadsAreTriedAndRescuersCalledNoOftenerThanTheClockAllows() throws Exception {
		AtomicInteger made = new AtomicInteger();
		ThreadFactory factory = (body) -> (made.incrementAndGet() == 1) ? new Thread(body) : null;
		WorkqueueEngine engine = start(settings().threadFactory(factory));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		for (int i = 0; i < 3; i++) {
			Engines.queue(engine, reclaim, "work-" + i, this.gate);
		}
		Engines.until("the rescuer is called", () -> {
			turn(Duration.ofMillis(3));
			return checkedMaydays(engine, made) >= 1;
		});
		Engines.until("it is called again and again", () -> {
			turn(Duration.ofMillis(30));
			return checkedMaydays(engine, made) >= 4;
		});
		this.gate.awaitStarts(1);
		int tries = made.get();
		turn(HOUR.multipliedBy(5));
		Engines.until("another one is tried", () -> {
			turn(STEP);
			return made.get() > tries;
		});
		assertThat(made).as("threads asked for after a jump of hours").hasValueLessThanOrEqualTo(tries + 2);
		this.gate.open();
		assertThat(reclaim.flush(Engines.PATIENCE)).isTrue();
	}

	/** Never before 10 ms, and once in 100 ms from then on; a thread once a second. */
	private long checkedMaydays(WorkqueueEngine engine, AtomicInteger made) {
		long millis = Duration.ofNanos(this.turned).toMillis();
		long maydays = Engines.stats(engine, "reclaim").mayday();
		long allowed = (millis < 10) ? 0 : 1 + (millis - 10) / 100;
		assertThat(maydays).as("calls after %d ms", millis).isLessThanOrEqualTo(allowed);
		assertThat(made.get()).as("threads asked for after %d ms", millis)
			.isLessThanOrEqualTo((int) (2 + millis / 1000));
		return maydays;
	}

	// ---- everything at once ----

	/** Real time with jumps to and fro, while threads queue, delay, move and cancel. */
	@Test
	void nothingIsLostWhileTheClockJumps() throws Exception {
		WorkqueueEngine engine = start();
		Workqueue queue = engine.alloc("queue", 2);
		AtomicInteger accepted = new AtomicInteger();
		List<DelayedWorkItem> items = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			items.add(engine.initDelayedWork("item-" + i, queue, (work) -> this.runs.incrementAndGet()));
		}
		List<FutureTask<Void>> threads = new ArrayList<>();
		for (int thread = 0; thread < 3; thread++) {
			SplittableRandom random = new SplittableRandom(thread);
			threads.add(Engines.async(() -> {
				for (int call = 0; call < 1000; call++) {
					accepted.addAndGet(call(items.get(random.nextInt(8)), random));
				}
				return null;
			}));
		}
		SplittableRandom random = new SplittableRandom(3);
		while (!threads.stream().allMatch(FutureTask::isDone)) {
			turn(Duration.ofMillis(random.nextInt(-200, 400)));
		}
		for (FutureTask<Void> thread : threads) {
			Engines.get(thread);
		}
		Engines.until("nothing is pending", () -> {
			turn(SECOND);
			return items.stream().noneMatch(WorkItem::isPending);
		});
		assertThat(queue.drain(HOUR)).isTrue();
		assertThat(this.runs).hasValue(accepted.get());
		assertThat(engine.timers.size()).isZero();
	}

	/** Returns by how much the call changes the number of runs that will be. */
	private static int call(DelayedWorkItem item, SplittableRandom random) {
		Duration delay = Duration.ofMillis(random.nextInt(300));
		return switch (random.nextInt(4)) {
			case 0 -> item.schedule() ? 1 : 0;
			case 1 -> item.schedule(delay) ? 1 : 0;
			case 2 -> item.modify(delay) ? 0 : 1;
			default -> item.cancel() ? -1 : 0;
		};
	}

	private EngineSettings.Builder settings() {
		return Engines.settings(1).timeSource(this.time).watchdogThreshold(Duration.ZERO);
	}

	private WorkqueueEngine start() {
		return start(settings());
	}

	private WorkqueueEngine start(EngineSettings.Builder settings) {
		return this.engines.start(settings);
	}

	private void turn(Duration duration) {
		this.turned += duration.toNanos();
		this.time.advance(duration);
	}

	private void awaitRuns(int count) {
		Engines.until(count + " runs", () -> this.runs.get() == count);
	}

}
