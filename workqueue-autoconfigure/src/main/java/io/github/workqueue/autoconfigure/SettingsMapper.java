package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.spring.Mistake;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;

/**
 * Turns properties into the settings of an engine.
 */
final class SettingsMapper {

	private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	private final WorkqueueProperties properties;

	private final Environment environment;

	SettingsMapper(WorkqueueProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	/**
	 * Sets everything that the properties say.
	 */
	void map(EngineSettings.Builder builder) {
		map((property, setting) -> setting.accept(builder));
	}

	/**
	 * Notes the values that an engine would refuse.
	 */
	void check(PropertyOrigins origins, List<Mistake> mistakes) {
		map((property, setting) -> {
			try {
				setting.accept(EngineSettings.builder());
			}
			catch (IllegalArgumentException ex) {
				mistakes.add(new Mistake(origins.describe(property) + " is refused: " + ex.getMessage() + ".",
						"Correct the value of '" + property + "'."));
			}
		});
	}

	private void map(Target target) {
		WorkqueueProperties properties = this.properties;
		Integer cpus = properties.getCpus();
		if (cpus != null) {
			target.set("workqueue.cpus", (builder) -> builder.cpus(cpus));
		}
		target.set("workqueue.max-workers", (builder) -> builder.maxWorkers(properties.getMaxWorkers()));
		target.set("workqueue.idle-timeout", (builder) -> builder.idleTimeout(properties.getIdleTimeout()));
		target.set("workqueue.cpu-intensive-threshold",
				(builder) -> builder.cpuIntensiveThreshold(properties.getCpuIntensiveThreshold()));
		target.set("workqueue.cpu-intensive-warning-threshold",
				(builder) -> builder.cpuIntensiveWarningThreshold(properties.getCpuIntensiveWarningThreshold()));
		target.set("workqueue.power-efficient", (builder) -> builder.powerEfficient(properties.isPowerEfficient()));
		target.set("workqueue.watchdog.threshold",
				(builder) -> builder.watchdogThreshold(properties.getWatchdog().getThreshold()));
		target.set("workqueue.mayday.initial-timeout",
				(builder) -> builder.maydayInitialTimeout(properties.getMayday().getInitialTimeout()));
		target.set("workqueue.mayday.interval",
				(builder) -> builder.maydayInterval(properties.getMayday().getInterval()));
		target.set("workqueue.virtual-threads", (builder) -> builder.virtualThreads(virtualThreads()));
		target.set("workqueue.shutdown.delayed-work",
				(builder) -> builder.delayedWork(properties.getShutdown().getDelayedWork()));
		target.set("workqueue.shutdown.drain-timeout", this::drainTimeout);
	}

	private boolean virtualThreads() {
		Boolean virtualThreads = this.properties.getVirtualThreads();
		return (virtualThreads != null) ? virtualThreads : Threading.VIRTUAL.isActive(this.environment);
	}

	private void drainTimeout(EngineSettings.Builder builder) {
		Duration drainTimeout = this.properties.getShutdown().getDrainTimeout();
		if (drainTimeout == null) {
			drainTimeout = Binder.get(this.environment).bind(PHASE_TIMEOUT, Duration.class).orElse(null);
		}
		if (drainTimeout != null) {
			builder.drainTimeout(drainTimeout);
		}
	}

	/** Takes the name of a property and what it sets. */
	@FunctionalInterface
	private interface Target {

		void set(String property, Consumer<EngineSettings.Builder> setting);

	}

}
