package io.github.workqueue.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What the calling thread works on, and what it says about that. */
class CallingWorkerTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	@Test
	void aThreadOfNoEngineWorksOnNothing() {
		WorkqueueEngine engine = this.engines.start(1);
		String name = Thread.currentThread().getName();
		engine.describe("nothing");
		assertThat(engine.current()).isEmpty();
		assertThat(Thread.currentThread().getName()).isEqualTo(name);
	}

	@Test
	void aWorkerOfAnotherEngineWorksOnNothingHere() throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		WorkqueueEngine other = this.engines.start(1);
		FutureTask<String> asked = new FutureTask<>(() -> {
			engine.describe("of another engine");
			assertThat(engine.current()).isEmpty();
			assertThat(other.current()).isPresent();
			return engine.blocking(() -> Thread.currentThread().getName());
		});
		other.get("system_wq").asExecutor().execute(asked);
		assertThat(Engines.get(asked)).matches("kworker/0:\\d+");
	}

	/** A worker reads the clock between two works. */
	@Test
	void aWorkerBetweenTwoWorksWorksOnNothing() throws Exception {
		AtomicReference<WorkqueueEngine> engine = new AtomicReference<>();
		List<String> seen = new CopyOnWriteArrayList<>();
		TimeSource time = () -> {
			if (Worker.current() != null && engine.get().current().isEmpty()) {
				engine.get().describe("no work");
				seen.add(Thread.currentThread().getName());
			}
			return System.nanoTime();
		};
		engine.set(this.engines.start(Engines.settings(1).timeSource(time)));
		Engines.queue(engine.get(), "work", this.gate.passing()).flush();
		assertThat(seen).isNotEmpty().allMatch((name) -> name.matches("kworker/0:\\d+"));
	}

}
