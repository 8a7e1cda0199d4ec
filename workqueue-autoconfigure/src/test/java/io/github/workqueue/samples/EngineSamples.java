package io.github.workqueue.samples;

import java.time.Duration;

import io.github.workqueue.engine.DelayedWorkPolicy;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;

/**
 * Samples of the Javadoc: engines.
 */
final class EngineSamples {

	private EngineSamples() {
	}

	static void start() {
		try (WorkqueueEngine engine = WorkqueueEngine.start()) {
			engine.initWork("hello", (work) -> System.out.println("Hello from " + work.name())).schedule();
		}
	}

	static WorkqueueEngine settings() {
		EngineSettings settings = EngineSettings.builder().cpus(4).drainTimeout(Duration.ofSeconds(5)).build();
		WorkqueueEngine engine = WorkqueueEngine.start(settings);
		return engine;
	}

	static EngineSettings delayedWork() {
		EngineSettings settings = EngineSettings.builder().delayedWork(DelayedWorkPolicy.RUN).build();
		return settings;
	}

}
