package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts engines for a test; afterwards checks their structure and closes them.
 */
final class Engines implements AfterEachCallback {

	/** How long anything that must happen may take on a busy machine. */
	static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<WorkqueueEngine> engines = new ArrayList<>();

	private final List<Gate> gates = new ArrayList<>();

	WorkqueueEngine start(int cpus) {
		return start(settings(cpus));
	}

	/** Settings under which no worker is taken for a CPU hog. */
	static EngineSettings.Builder settings(int cpus) {
		return EngineSettings.builder()
			.cpus(cpus)
			.cpuIntensiveThreshold(Duration.ofHours(1))
			.drainTimeout(Duration.ofSeconds(10));
	}

	WorkqueueEngine start(EngineSettings.Builder settings) {
		return add(WorkqueueEngine.start(settings.build()));
	}

	WorkqueueEngine add(WorkqueueEngine engine) {
		this.engines.add(engine);
		return engine;
	}

	/** A handler that waits for the test; opened at the end. */
	Gate gate() {
		Gate gate = new Gate();
		this.gates.add(gate);
		return gate;
	}

	/** Makes a call on a thread of its own. */
	static <T> FutureTask<T> async(Callable<T> call) {
		FutureTask<T> task = new FutureTask<>(call);
		Thread thread = new Thread(task, "test");
		thread.setDaemon(true);
		thread.start();
		return task;
	}

	static <T> T get(FutureTask<T> task) throws Exception {
		return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.gates.forEach(Gate::open);
		try {
			this.engines.forEach(StructureValidator::validate);
		}
		finally {
			this.engines.forEach(WorkqueueEngine::close);
		}
		this.engines.forEach(StructureValidator::validate);
	}

}
