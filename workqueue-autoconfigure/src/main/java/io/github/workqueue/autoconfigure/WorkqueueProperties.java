package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.workqueue.WhenFull;
import io.github.workqueue.engine.DelayedWorkPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;

/**
 * Configuration of the workqueue subsystem.
 */
@ConfigurationProperties("workqueue")
public class WorkqueueProperties {

	/**
	 * Number of CPUs that have worker pools of their own. Defaults to the number of
	 * available processors.
	 */
	private @Nullable Integer cpus;

	/**
	 * Maximum number of platform worker threads, rescuers not counted.
	 */
	private int maxWorkers = 512;

	/**
	 * Time after which a surplus idle worker ends.
	 */
	private Duration idleTimeout = Duration.ofSeconds(300);

	/**
	 * CPU time after which work that others wait for no longer holds them back. Zero
	 * turns this off.
	 */
	private Duration cpuIntensiveThreshold = Duration.ofMillis(10);

	/**
	 * Number of times that work exceeds the CPU time threshold before it is reported.
	 */
	private int cpuIntensiveWarningThreshold = 4;

	/**
	 * Whether power efficient queues are unbound, so that idle CPUs stay idle.
	 */
	private boolean powerEfficient;

	/**
	 * Whether unbound queues run on virtual threads. Defaults to
	 * "spring.threads.virtual.enabled".
	 */
	private @Nullable Boolean virtualThreads;

	private final Watchdog watchdog = new Watchdog();

	private final Mayday mayday = new Mayday();

	private final Shutdown shutdown = new Shutdown();

	private final Durable durable = new Durable();

	/**
	 * Queues by their name.
	 */
	private final Map<String, Queue> queues = new LinkedHashMap<>();

	public @Nullable Integer getCpus() {
		return this.cpus;
	}

	public void setCpus(@Nullable Integer cpus) {
		this.cpus = cpus;
	}

	public int getMaxWorkers() {
		return this.maxWorkers;
	}

	public void setMaxWorkers(int maxWorkers) {
		this.maxWorkers = maxWorkers;
	}

	public Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public Duration getCpuIntensiveThreshold() {
		return this.cpuIntensiveThreshold;
	}

	public void setCpuIntensiveThreshold(Duration cpuIntensiveThreshold) {
		this.cpuIntensiveThreshold = cpuIntensiveThreshold;
	}

	public int getCpuIntensiveWarningThreshold() {
		return this.cpuIntensiveWarningThreshold;
	}

	public void setCpuIntensiveWarningThreshold(int cpuIntensiveWarningThreshold) {
		this.cpuIntensiveWarningThreshold = cpuIntensiveWarningThreshold;
	}

	public boolean isPowerEfficient() {
		return this.powerEfficient;
	}

	public void setPowerEfficient(boolean powerEfficient) {
		this.powerEfficient = powerEfficient;
	}

	public @Nullable Boolean getVirtualThreads() {
		return this.virtualThreads;
	}

	public void setVirtualThreads(@Nullable Boolean virtualThreads) {
		this.virtualThreads = virtualThreads;
	}

	public Watchdog getWatchdog() {
		return this.watchdog;
	}

	public Mayday getMayday() {
		return this.mayday;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public Durable getDurable() {
		return this.durable;
	}

	public Map<String, Queue> getQueues() {
		return this.queues;
	}

	/** Returns the names of those whose work is stored. */
	Set<String> durableQueues() {
		return this.queues.entrySet()
			.stream()
			.filter((queue) -> queue.getValue().isDurable())
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Durable queues.
	 */
	public static class Durable {

		/**
		 * Name of the table, which only one application may use.
		 */
		private String table = "workqueue_tasks";

		/**
		 * When the tables are created. Nothing that exists is changed.
		 */
		private InitializeSchema initializeSchema = InitializeSchema.EMBEDDED;

		/**
		 * Time between two looks for work that other instances left.
		 */
		private Duration pollInterval = Duration.ofSeconds(1);

		/**
		 * Time between two signs of life of this instance.
		 */
		private Duration heartbeatInterval = Duration.ofSeconds(5);

		/**
		 * Number of signs of life without which an instance is dead. At least 4.
		 */
		private int missedHeartbeats = 6;

		public String getTable() {
			return this.table;
		}

		public void setTable(String table) {
			this.table = table;
		}

		public InitializeSchema getInitializeSchema() {
			return this.initializeSchema;
		}

		public void setInitializeSchema(InitializeSchema initializeSchema) {
			this.initializeSchema = initializeSchema;
		}

		public Duration getPollInterval() {
			return this.pollInterval;
		}

		public void setPollInterval(Duration pollInterval) {
			this.pollInterval = pollInterval;
		}

		public Duration getHeartbeatInterval() {
			return this.heartbeatInterval;
		}

		public void setHeartbeatInterval(Duration heartbeatInterval) {
			this.heartbeatInterval = heartbeatInterval;
		}

		public int getMissedHeartbeats() {
			return this.missedHeartbeats;
		}

		public void setMissedHeartbeats(int missedHeartbeats) {
			this.missedHeartbeats = missedHeartbeats;
		}

	}

	/**
	 * When tables are created.
	 */
	public enum InitializeSchema {

		/**
		 * At every start, as far as they are missing.
		 */
		ALWAYS,

		/**
		 * Only in a database that lives in the process.
		 */
		EMBEDDED,

		/**
		 * Never.
		 */
		NEVER

	}

	/**
	 * Type of a queue.
	 */
	public enum Type {

		/**
		 * Work runs on the CPU that it was queued on.
		 */
		PERCPU,

		/**
		 * Work runs on any CPU, as soon as the limits allow.
		 */
		UNBOUND,

		/**
		 * Work runs one after the other, in the order in which it was queued.
		 */
		ORDERED

	}

	/**
	 * Watchdog.
	 */
	public static class Watchdog {

		/**
		 * Time without progress after which a pool with waiting work is reported. Zero
		 * turns the watchdog off.
		 */
		private Duration threshold = Duration.ofSeconds(30);

		public Duration getThreshold() {
			return this.threshold;
		}

		public void setThreshold(Duration threshold) {
			this.threshold = threshold;
		}

	}

	/**
	 * Rescuers.
	 */
	public static class Mayday {

		/**
		 * Time that work waits for a worker that cannot be created before the rescuers
		 * are called.
		 */
		private Duration initialTimeout = Duration.ofMillis(10);

		/**
		 * Time between two calls for the rescuers.
		 */
		private Duration interval = Duration.ofMillis(100);

		public Duration getInitialTimeout() {
			return this.initialTimeout;
		}

		public void setInitialTimeout(Duration initialTimeout) {
			this.initialTimeout = initialTimeout;
		}

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

	}

	/**
	 * Close of the context.
	 */
	public static class Shutdown {

		/**
		 * Time that accepted work has to run when the context closes. Defaults to
		 * "spring.lifecycle.timeout-per-shutdown-phase".
		 */
		private @Nullable Duration drainTimeout;

		/**
		 * What becomes of plain delays when the context closes.
		 */
		private DelayedWorkPolicy delayedWork = DelayedWorkPolicy.CANCEL;

		public @Nullable Duration getDrainTimeout() {
			return this.drainTimeout;
		}

		public void setDrainTimeout(@Nullable Duration drainTimeout) {
			this.drainTimeout = drainTimeout;
		}

		public DelayedWorkPolicy getDelayedWork() {
			return this.delayedWork;
		}

		public void setDelayedWork(DelayedWorkPolicy delayedWork) {
			this.delayedWork = delayedWork;
		}

	}

	/**
	 * A queue.
	 */
	@ConfigurationPropertiesSource
	public static class Queue {

		/**
		 * Where and in which order work runs.
		 */
		private Type type = Type.PERCPU;

		/**
		 * Maximum number of works that are started at once, per CPU or, for an unbound
		 * queue, in all. Defaults to 1024, and is 1 for an ordered queue.
		 */
		private @Nullable Integer maxActive;

		/**
		 * Number of works of an unbound queue that may always be active. Defaults to 8,
		 * or to "max-active" if that is lower.
		 */
		private @Nullable Integer minActive;

		/**
		 * Whether work runs in the pools of high priority.
		 */
		private boolean highpri;

		/**
		 * Whether the queue owns a rescuer thread, so that it progresses even when no
		 * worker can be created.
		 */
		private boolean memReclaim;

		/**
		 * Whether the queue is frozen while the context is paused or stopped.
		 */
		private boolean freezable;

		/**
		 * Whether running work does not hold back other work of its CPU.
		 */
		private boolean cpuIntensive;

		/**
		 * Whether the queue is unbound where power is saved.
		 */
		private boolean powerEfficient;

		/**
		 * Whether limits may be changed through the endpoint.
		 */
		private boolean sysfs;

		/**
		 * Whether work of an unbound queue runs on virtual threads. Defaults to
		 * "workqueue.virtual-threads".
		 */
		private @Nullable Boolean virtualThreads;

		/**
		 * Maximum number of works that wait to run. Zero means that there is no limit.
		 */
		private int maxPending;

		/**
		 * What happens to a request beyond the maximum of waiting works.
		 */
		private WhenFull whenFull = WhenFull.REJECT;

		/**
		 * Whether pending work is stored in the database of the application and run by
		 * any of its instances.
		 */
		private boolean durable;

		public Type getType() {
			return this.type;
		}

		public void setType(Type type) {
			this.type = type;
		}

		public @Nullable Integer getMaxActive() {
			return this.maxActive;
		}

		public void setMaxActive(@Nullable Integer maxActive) {
			this.maxActive = maxActive;
		}

		public @Nullable Integer getMinActive() {
			return this.minActive;
		}

		public void setMinActive(@Nullable Integer minActive) {
			this.minActive = minActive;
		}

		public boolean isHighpri() {
			return this.highpri;
		}

		public void setHighpri(boolean highpri) {
			this.highpri = highpri;
		}

		public boolean isMemReclaim() {
			return this.memReclaim;
		}

		public void setMemReclaim(boolean memReclaim) {
			this.memReclaim = memReclaim;
		}

		public boolean isFreezable() {
			return this.freezable;
		}

		public void setFreezable(boolean freezable) {
			this.freezable = freezable;
		}

		public boolean isCpuIntensive() {
			return this.cpuIntensive;
		}

		public void setCpuIntensive(boolean cpuIntensive) {
			this.cpuIntensive = cpuIntensive;
		}

		public boolean isPowerEfficient() {
			return this.powerEfficient;
		}

		public void setPowerEfficient(boolean powerEfficient) {
			this.powerEfficient = powerEfficient;
		}

		public boolean isSysfs() {
			return this.sysfs;
		}

		public void setSysfs(boolean sysfs) {
			this.sysfs = sysfs;
		}

		public @Nullable Boolean getVirtualThreads() {
			return this.virtualThreads;
		}

		public void setVirtualThreads(@Nullable Boolean virtualThreads) {
			this.virtualThreads = virtualThreads;
		}

		public int getMaxPending() {
			return this.maxPending;
		}

		public void setMaxPending(int maxPending) {
			this.maxPending = maxPending;
		}

		public WhenFull getWhenFull() {
			return this.whenFull;
		}

		public void setWhenFull(WhenFull whenFull) {
			this.whenFull = whenFull;
		}

		public boolean isDurable() {
			return this.durable;
		}

		public void setDurable(boolean durable) {
			this.durable = durable;
		}

	}

}
