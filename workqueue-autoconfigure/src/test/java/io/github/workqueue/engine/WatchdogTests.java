package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A pool that makes no progress says so, and goes on saying so. */
class WatchdogTests {

	private static final String LOCKUP = "BUG: workqueue lockup - pool";

	@RegisterExtension
	final Engines engines = new Engines();

	private final LogCapture log = this.engines.closing(new LogCapture());

	private final Gate gate = this.engines.gate();

	private final List<String> reports = new CopyOnWriteArrayList<>();

	private final List<Thread> reporters = new CopyOnWriteArrayList<>();

	@Test
	void reportsWhoIsStuckWithHisStackAndWhatWaits() throws Exception {
		WorkqueueEngine engine = start(Duration.ofMillis(200));
		stick(engine);
		Engines.until("a report", () -> !this.log.containing(LOCKUP).isEmpty());
		assertThat(this.log.containing(LOCKUP).get(0)).contains("cpu=0", "stuck for",
				"Showing busy workqueues and worker pools:", "workqueue system_bh_wq", "in-flight: kworker/0:bh:stuck",
				"blocked", "pending: 3*behind, other", "Stack of kworker/0:bh, work stuck:", "Gate.handle");
	}

	@Test
	void showsTheWholeEngineOnceHoweverLongItLasts() throws Exception {
		WorkqueueEngine engine = start(Duration.ofMillis(100));
		Engines.queue(engine, engine.get("system_unbound_wq"), "elsewhere", this.gate);
		this.gate.awaitStarts(1);
		stick(engine);
		Engines.until("three reports", () -> this.log.containing(LOCKUP).size() >= 3);
		assertThat(this.log.containing("workqueue system_unbound_wq: ")).singleElement()
			.asString()
			.startsWith("Showing busy workqueues and worker pools:")
			.contains(":elsewhere for ", "STALLED", "Gate.handle");
	}

	@Test
	void goesOnReportingAndSaysWhenItIsOver() throws Exception {
		WorkqueueEngine engine = start(Duration.ofMillis(100));
		stick(engine);
		Engines.until("three reports", () -> this.log.containing(LOCKUP).size() >= 3);
		this.gate.open();
		Engines.until("the end", () -> !this.log.containing("makes progress again").isEmpty());
		int before = this.log.containing(LOCKUP).size();
		assertThat(engine.inspectStalls()).isEmpty();
		assertThat(this.log.containing(LOCKUP)).hasSize(before);
	}

	@Test
	void tellsAHogFromASleeper() throws Exception {
		WorkqueueEngine engine = start(Duration.ofMillis(200));
		Workqueue bh = engine.get("system_bh_wq");
		Engines.queue(engine, bh, "hog", this.gate.burning());
		this.gate.awaitStarts(1);
		Engines.queue(engine, bh, "behind", this.gate.passing());
		Engines.until("a report", () -> !this.log.containing(LOCKUP).isEmpty());
		assertThat(this.log.containing(LOCKUP).get(0)).contains("kworker/0:bh:hog for")
			.containsAnyOf(", running", ", hogging the CPU");
	}

	@Test
	void aLongRunWithNothingBehindItIsNoStall() throws Exception {
		WorkqueueEngine engine = start(Duration.ofMillis(50));
		Workqueue bh = engine.get("system_bh_wq");
		Engines.queue(engine, bh, "long", this.gate);
		this.gate.awaitStarts(1);
		Engines.queue(engine, bh, "armed later", this.gate.passing()).cancel();
		Engines.until("it ran for long", () -> Engines.busy(engine, "long").age().toMillis() > 300);
		assertThat(this.log.containing(LOCKUP)).isEmpty();
	}

	@Test
	void tellsTheListenerOnAThreadThatIsNotItsOwn() throws Exception {
		WorkqueueEngine engine = start(Duration.ofMillis(100));
		stick(engine);
		Engines.until("two calls", () -> this.reports.size() >= 2);
		assertThat(this.reports.get(0)).startsWith(LOCKUP);
		assertThat(this.reporters).noneMatch((thread) -> thread.getName().contains("watchdog"));
		Engines.until("the failure of the listener is logged",
				() -> !this.log.containing("a WorkListener failed when told of a stall").isEmpty());
	}

	@Test
	void eachOfTwoPoolsIsReported() throws Exception {
		WorkqueueEngine engine = start(Duration.ofMillis(100));
		stick(engine);
		Workqueue high = engine.get("system_bh_highpri_wq");
		Engines.queue(engine, high, "urgent", this.gate);
		this.gate.awaitStarts(1);
		Engines.queue(engine, high, "urgent too", this.gate.passing());
		Engines.until("both are reported", () -> !this.log.containing("kworker/0:bh-hi:urgent for").isEmpty()
				&& !this.log.containing("kworker/0:bh:stuck for").isEmpty());
		Engines.until("both are shown", () -> engine.inspectStalls().size() == 2);
		Engines.until("each goes on", () -> this.log.containing("bh-hi:urgent for").size() > 1);
	}

	@Test
	void withoutThresholdNothingIsAStall() throws Exception {
		WorkqueueEngine engine = start(Duration.ZERO);
		stick(engine);
		assertThat(engine.inspectStalls()).isEmpty();
		assertThat(engine.watchdog.isStalled(Long.MAX_VALUE)).isFalse();
	}

	@Test
	void aPoolIsStalledFromTheThresholdOn() {
		Watchdog watchdog = start(Duration.ofNanos(100)).watchdog;
		assertThat(watchdog.isStalled(-1)).isFalse();
		assertThat(watchdog.isStalled(99)).isFalse();
		assertThat(watchdog.isStalled(100)).isTrue();
	}

	private WorkqueueEngine start(Duration threshold) {
		WorkListener listener = new WorkListener() {

			@Override
			public void stalled(String report) {
				WatchdogTests.this.reports.add(report);
				WatchdogTests.this.reporters.add(Thread.currentThread());
				throw new IllegalStateException("expected by the test");
			}

		};
		return this.engines.start(Engines.settings(1).watchdogThreshold(threshold).listener(listener));
	}

	/** A pool of one thread, which sleeps while four items wait. */
	private void stick(WorkqueueEngine engine) throws InterruptedException {
		Workqueue bh = engine.get("system_bh_wq");
		Engines.queue(engine, bh, "stuck", this.gate);
		this.gate.awaitStarts(1);
		for (int i = 0; i < 3; i++) {
			Engines.queue(engine, bh, "behind", this.gate.passing());
		}
		Engines.queue(engine, bh, "other", this.gate.passing());
	}

}
