package io.github.workqueue.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a recording of the Flight Recorder tells. */
class FlightEventsTests {

	@RegisterExtension
	final Engines engines = new Engines();

	@TempDir
	Path directory;

	private final Gate gate = this.engines.gate();

	private final LogCapture log = this.engines.closing(new LogCapture());

	private final Recording recording = this.engines.closing(new Recording());

	@Test
	void tellsTheWayOfAWorkWithoutItsKey() throws Exception {
		this.recording.enable("workqueue.QueueWork");
		this.recording.enable("workqueue.ActivateWork");
		this.recording.enable("workqueue.ExecuteWork").withoutThreshold();
		this.recording.start();
		WorkqueueEngine engine = this.engines.start(2);
		Workqueue queue = engine.alloc("queue", 1);
		KeyedWork<String> keyed = engine.initKeyedWork("keyed", queue, (key) -> {
			throw new IllegalStateException("expected by the test");
		});
		keyed.schedule("secret");
		queue.flush();
		queue.queueOn(1, engine.initWork("pinned", (work) -> {
		}));
		queue.flush();
		List<RecordedEvent> events = stop();
		RecordedEvent queued = find(events, "workqueue.QueueWork", "keyed");
		assertThat(queued.getString("queue")).isEqualTo("queue");
		assertThat(queued.getInt("cpu")).isEqualTo(-1);
		assertThat(queued.getInt("pool")).isNotNegative();
		assertThat(find(events, "workqueue.QueueWork", "pinned").getInt("cpu")).isEqualTo(1);
		assertThat(find(events, "workqueue.ActivateWork", "keyed").getString("queue")).isEqualTo("queue");
		RecordedEvent executed = find(events, "workqueue.ExecuteWork", "keyed");
		assertThat(executed.getString("worker")).startsWith("kworker/");
		assertThat(executed.getDuration("waited")).isPositive();
		assertThat(executed.getDuration()).isPositive();
		assertThat(executed.getBoolean("failed")).isTrue();
		assertThat(find(events, "workqueue.ExecuteWork", "pinned").getBoolean("failed")).isFalse();
		assertThat(events.toString()).doesNotContain("secret");
		assertThat(executed.getEventType().getCategoryNames()).containsExactly("Workqueue");
	}

	/** A busy machine may make some of the short ones long, not all. */
	@Test
	void onlyWhatTakesLongIsOnByDefault() throws Exception {
		this.recording.start();
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", 1);
		for (int i = 0; i < 20; i++) {
			engine.initWork("short", queue, (work) -> {
			}).schedule();
		}
		engine.initWork("long", queue, this.gate).schedule();
		this.gate.awaitStarts(1);
		Engines.until("it takes long", () -> Engines.busy(engine, "long").age().toMillis() > 200);
		this.gate.letGo(1);
		queue.flush();
		List<String> works = stop().stream().map((event) -> event.getString("work")).toList();
		assertThat(works).containsOnlyOnce("long").hasSizeLessThan(15);
	}

	@Test
	void tellsHogs() throws Exception {
		this.recording.start();
		WorkqueueEngine engine = this.engines.start(EngineSettings.builder()
			.cpus(1)
			.cpuIntensiveThreshold(Duration.ofMillis(10))
			.cpuIntensiveWarningThreshold(1));
		Engines.queue(engine, "hog", this.gate.burning());
		this.gate.awaitStarts(1);
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next.passing());
		next.awaitStarts(1);
		this.gate.open();
		engine.get("system_wq").flush();
		Engines.until("it is reported", () -> !this.log.containing("hog hogged").isEmpty());
		RecordedEvent hog = find(stop(), "workqueue.CpuHog", "hog");
		assertThat(hog.getString("queue")).isEqualTo("system_wq");
		assertThat(hog.getString("worker")).startsWith("kworker/0:");
		assertThat(hog.getDuration("lasted")).isGreaterThanOrEqualTo(Duration.ofMillis(10));
	}

	@Test
	void tellsStallsAndCallsForRescue() throws Exception {
		AtomicBoolean scarce = new AtomicBoolean();
		this.recording.start();
		WorkqueueEngine engine = this.engines
			.start(Engines.settings(1).watchdogThreshold(Duration.ofMillis(100)).threadFactory((body) -> {
				if (scarce.get()) {
					throw new OutOfMemoryError("expected by the test");
				}
				return WorkerThreads.helper("test", body);
			}));
		Workqueue reclaim = engine.alloc("reclaim", 0, WorkqueueFlag.MEM_RECLAIM);
		scarce.set(true);
		Engines.queue(engine, reclaim, "urgent", (work) -> {
		});
		reclaim.flush();
		Engines.queue(engine, "stuck", this.gate.passing());
		Engines.until("it is reported", () -> !this.log.containing("BUG: workqueue lockup").isEmpty());
		scarce.set(false);
		this.gate.awaitStarts(1);
		List<RecordedEvent> events = stop();
		RecordedEvent stall = find(events, "workqueue.Stall", "stuck");
		assertThat(stall.getString("queue")).isEqualTo("system_wq");
		assertThat(stall.getInt("pool")).isZero();
		assertThat(stall.getDuration("lasted")).isGreaterThanOrEqualTo(Duration.ofMillis(100));
		RecordedEvent mayday = find(events, "workqueue.Mayday", "urgent");
		assertThat(mayday.getString("queue")).isEqualTo("reclaim");
		assertThat(mayday.getInt("pool")).isZero();
		assertThat(mayday.getDuration("lasted")).isGreaterThanOrEqualTo(Duration.ofMillis(10));
	}

	@Test
	void tellsOnlyWhatIsWanted() throws Exception {
		this.recording.disable("workqueue.Stall");
		this.recording.start();
		FlightEvents.stall("work", "queue", 0, 1);
		FlightEvents.mayday("work", "queue", 0, 1);
		assertThat(stop()).extracting((event) -> event.getEventType().getName())
			.containsOnlyOnce("workqueue.Mayday")
			.doesNotContain("workqueue.Stall");
	}

	private List<RecordedEvent> stop() throws Exception {
		this.recording.stop();
		Path file = this.directory.resolve("recording.jfr");
		this.recording.dump(file);
		assertThat(Files.size(file)).isPositive();
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().startsWith("workqueue."))
			.toList();
	}

	private static RecordedEvent find(List<RecordedEvent> events, String type, String work) {
		return events.stream()
			.filter((event) -> event.getEventType().getName().equals(type) && event.getString("work").equals(work))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + type + " of " + work + " in " + events));
	}

}
