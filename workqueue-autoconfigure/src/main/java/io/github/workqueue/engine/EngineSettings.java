package io.github.workqueue.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

import io.github.workqueue.WorkInterceptor;
import io.github.workqueue.WorkListener;

/**
 * The settings of an engine, immutable. <pre>{@code
 * EngineSettings settings = EngineSettings.builder().cpus(4).drainTimeout(Duration.ofSeconds(5)).build();
 * WorkqueueEngine engine = WorkqueueEngine.start(settings);
 * }</pre>
 */
public final class EngineSettings {

	private final Builder values;

	private EngineSettings(Builder values) {
		this.values = values;
	}

	/**
	 * Starts with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns the number of CPUs: of shards that have per-CPU pools.
	 * @return the number, by default that of the available processors
	 */
	public int cpus() {
		return this.values.cpus;
	}

	/**
	 * Returns the most platform worker threads, rescuers not counted. Every pool may have
	 * one worker even beyond it.
	 * @return the number, 512 by default
	 */
	public int maxWorkers() {
		return this.values.maxWorkers;
	}

	/**
	 * Returns how long a surplus worker idles before it ends.
	 * @return the time, 300 s by default
	 */
	public Duration idleTimeout() {
		return this.values.idleTimeout;
	}

	/**
	 * Returns how much CPU time an item may use while others wait behind it before it
	 * stops holding them back.
	 * @return the time, 10 ms by default; zero turns this off
	 */
	public Duration cpuIntensiveThreshold() {
		return this.values.cpuIntensiveThreshold;
	}

	/**
	 * Returns from which occurrence on CPU hogs are reported.
	 * @return the number, 4 by default; 0 turns the reports off
	 */
	public int cpuIntensiveWarningThreshold() {
		return this.values.cpuIntensiveWarningThreshold;
	}

	/**
	 * Tells whether POWER_EFFICIENT queues are unbound.
	 * @return false by default
	 */
	public boolean powerEfficient() {
		return this.values.powerEfficient;
	}

	/**
	 * Returns how long a pool with waiting items may make no progress before that is
	 * reported.
	 * @return the time, 30 s by default; zero turns the watchdog off
	 */
	public Duration watchdogThreshold() {
		return this.values.watchdogThreshold;
	}

	/**
	 * Returns how long a missing worker is waited for before rescuers are called.
	 * @return the time, 10 ms by default
	 */
	public Duration maydayInitialTimeout() {
		return this.values.maydayInitialTimeout;
	}

	/**
	 * Returns the time between two calls for rescuers.
	 * @return the time, 100 ms by default
	 */
	public Duration maydayInterval() {
		return this.values.maydayInterval;
	}

	/**
	 * Tells whether unbound queues use virtual threads unless they say otherwise; without
	 * effect before JDK 21.
	 * @return false by default
	 */
	public boolean virtualThreads() {
		return this.values.virtualThreads;
	}

	/**
	 * Returns what makes the threads of workers and rescuers. The engine names them.
	 * @return the factory, by default one of daemon threads
	 */
	public ThreadFactory threadFactory() {
		return this.values.threadFactory;
	}

	/**
	 * Returns the clock.
	 * @return the clock, by default that of the JVM
	 */
	public TimeSource timeSource() {
		return this.values.timeSource;
	}

	/**
	 * Returns who is told of every enqueue and execution, and of queues that come and go.
	 * @return the listener, {@link WorkListener#NONE} by default
	 */
	public WorkListener listener() {
		return this.values.listener;
	}

	/**
	 * Returns who surrounds the executions of items.
	 * @return the interceptor, {@link WorkInterceptor#NONE} by default
	 */
	public WorkInterceptor interceptor() {
		return this.values.interceptor;
	}

	/**
	 * Returns how long {@link WorkqueueEngine#close()} waits for accepted work.
	 * @return the time, 30 s by default
	 */
	public Duration drainTimeout() {
		return this.values.drainTimeout;
	}

	/**
	 * Returns what becomes of armed timers at close.
	 * @return {@link DelayedWorkPolicy#CANCEL} by default
	 */
	public DelayedWorkPolicy delayedWork() {
		return this.values.delayedWork;
	}

	/**
	 * Tells whether accepted work is held until {@link WorkqueueEngine#release()}.
	 * @return false by default
	 */
	public boolean held() {
		return this.values.held;
	}

	Tuning tuning() {
		return this.values.tuning;
	}

	/**
	 * Collects settings. Each value is checked by the call that sets it; an
	 * {@link IllegalArgumentException} names the setting.
	 */
	@Confined("the builder's user; copied by build()")
	public static final class Builder {

		private int cpus = Runtime.getRuntime().availableProcessors();

		private int maxWorkers = 512;

		private Duration idleTimeout = Duration.ofSeconds(300);

		private Duration cpuIntensiveThreshold = Duration.ofMillis(10);

		private int cpuIntensiveWarningThreshold = 4;

		private boolean powerEfficient;

		private Duration watchdogThreshold = Duration.ofSeconds(30);

		private Duration maydayInitialTimeout = Duration.ofMillis(10);

		private Duration maydayInterval = Duration.ofMillis(100);

		private boolean virtualThreads;

		private ThreadFactory threadFactory = WorkerThreads.platformFactory();

		private TimeSource timeSource = TimeSource.SYSTEM;

		private WorkListener listener = WorkListener.NONE;

		private WorkInterceptor interceptor = WorkInterceptor.NONE;

		private Duration drainTimeout = Duration.ofSeconds(30);

		private DelayedWorkPolicy delayedWork = DelayedWorkPolicy.CANCEL;

		private boolean held;

		private Tuning tuning = Tuning.DEFAULT;

		private Builder() {
		}

		private Builder(Builder other) {
			this.cpus = other.cpus;
			this.maxWorkers = other.maxWorkers;
			this.idleTimeout = other.idleTimeout;
			this.cpuIntensiveThreshold = other.cpuIntensiveThreshold;
			this.cpuIntensiveWarningThreshold = other.cpuIntensiveWarningThreshold;
			this.powerEfficient = other.powerEfficient;
			this.watchdogThreshold = other.watchdogThreshold;
			this.maydayInitialTimeout = other.maydayInitialTimeout;
			this.maydayInterval = other.maydayInterval;
			this.virtualThreads = other.virtualThreads;
			this.threadFactory = other.threadFactory;
			this.timeSource = other.timeSource;
			this.listener = other.listener;
			this.interceptor = other.interceptor;
			this.drainTimeout = other.drainTimeout;
			this.delayedWork = other.delayedWork;
			this.held = other.held;
			this.tuning = other.tuning;
		}

		/**
		 * Sets {@link EngineSettings#cpus()}.
		 * @param cpus at least 1
		 * @return this
		 */
		public Builder cpus(int cpus) {
			this.cpus = atLeast(1, "cpus", cpus);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#maxWorkers()}.
		 * @param maxWorkers at least 1
		 * @return this
		 */
		public Builder maxWorkers(int maxWorkers) {
			this.maxWorkers = atLeast(1, "maxWorkers", maxWorkers);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#idleTimeout()}.
		 * @param idleTimeout not negative
		 * @return this
		 */
		public Builder idleTimeout(Duration idleTimeout) {
			this.idleTimeout = notNegative("idleTimeout", idleTimeout);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#cpuIntensiveThreshold()}.
		 * @param cpuIntensiveThreshold not negative
		 * @return this
		 */
		public Builder cpuIntensiveThreshold(Duration cpuIntensiveThreshold) {
			this.cpuIntensiveThreshold = notNegative("cpuIntensiveThreshold", cpuIntensiveThreshold);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#cpuIntensiveWarningThreshold()}.
		 * @param cpuIntensiveWarningThreshold not negative
		 * @return this
		 */
		public Builder cpuIntensiveWarningThreshold(int cpuIntensiveWarningThreshold) {
			this.cpuIntensiveWarningThreshold = atLeast(0, "cpuIntensiveWarningThreshold",
					cpuIntensiveWarningThreshold);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#powerEfficient()}.
		 * @param powerEfficient whether to save power
		 * @return this
		 */
		public Builder powerEfficient(boolean powerEfficient) {
			this.powerEfficient = powerEfficient;
			return this;
		}

		/**
		 * Sets {@link EngineSettings#watchdogThreshold()}.
		 * @param watchdogThreshold not negative; zero turns the watchdog off
		 * @return this
		 */
		public Builder watchdogThreshold(Duration watchdogThreshold) {
			this.watchdogThreshold = notNegative("watchdogThreshold", watchdogThreshold);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#maydayInitialTimeout()}.
		 * @param maydayInitialTimeout not negative
		 * @return this
		 */
		public Builder maydayInitialTimeout(Duration maydayInitialTimeout) {
			this.maydayInitialTimeout = notNegative("maydayInitialTimeout", maydayInitialTimeout);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#maydayInterval()}.
		 * @param maydayInterval not negative
		 * @return this
		 */
		public Builder maydayInterval(Duration maydayInterval) {
			this.maydayInterval = notNegative("maydayInterval", maydayInterval);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#virtualThreads()}.
		 * @param virtualThreads whether unbound queues use virtual threads
		 * @return this
		 */
		public Builder virtualThreads(boolean virtualThreads) {
			this.virtualThreads = virtualThreads;
			return this;
		}

		/**
		 * Sets {@link EngineSettings#threadFactory()}. Null, an exception or an error
		 * from it, or from the thread's {@code start()}, is a failed creation: retried
		 * after 1 s.
		 * @param threadFactory the factory
		 * @return this
		 */
		public Builder threadFactory(ThreadFactory threadFactory) {
			this.threadFactory = Objects.requireNonNull(threadFactory, "'threadFactory' must not be null");
			return this;
		}

		/**
		 * Sets {@link EngineSettings#timeSource()}.
		 * @param timeSource the clock
		 * @return this
		 */
		public Builder timeSource(TimeSource timeSource) {
			this.timeSource = Objects.requireNonNull(timeSource, "'timeSource' must not be null");
			return this;
		}

		/**
		 * Sets {@link EngineSettings#listener()}.
		 * @param listener the listener
		 * @return this
		 */
		public Builder listener(WorkListener listener) {
			this.listener = Objects.requireNonNull(listener, "'listener' must not be null");
			return this;
		}

		/**
		 * Sets {@link EngineSettings#interceptor()}.
		 * @param interceptor the interceptor
		 * @return this
		 */
		public Builder interceptor(WorkInterceptor interceptor) {
			this.interceptor = Objects.requireNonNull(interceptor, "'interceptor' must not be null");
			return this;
		}

		/**
		 * Sets {@link EngineSettings#drainTimeout()}.
		 * @param drainTimeout not negative
		 * @return this
		 */
		public Builder drainTimeout(Duration drainTimeout) {
			this.drainTimeout = notNegative("drainTimeout", drainTimeout);
			return this;
		}

		/**
		 * Sets {@link EngineSettings#delayedWork()}.
		 * @param delayedWork what becomes of armed timers
		 * @return this
		 */
		public Builder delayedWork(DelayedWorkPolicy delayedWork) {
			this.delayedWork = Objects.requireNonNull(delayedWork, "'delayedWork' must not be null");
			return this;
		}

		/**
		 * Sets {@link EngineSettings#held()}.
		 * @param held whether to start no work yet
		 * @return this
		 */
		public Builder held(boolean held) {
			this.held = held;
			return this;
		}

		/** For tests. */
		Builder tuning(Tuning tuning) {
			this.tuning = tuning;
			return this;
		}

		/**
		 * Takes a copy of the settings.
		 * @return the settings
		 */
		public EngineSettings build() {
			return new EngineSettings(new Builder(this));
		}

		private static int atLeast(int minimum, String setting, int value) {
			if (value < minimum) {
				throw new IllegalArgumentException(
						"'" + setting + "' is " + value + "; it must be at least " + minimum);
			}
			return value;
		}

		private static Duration notNegative(String setting, Duration value) {
			if (Objects.requireNonNull(value, () -> "'" + setting + "' must not be null").isNegative()) {
				throw new IllegalArgumentException("'" + setting + "' is " + value + "; it must not be negative");
			}
			return value;
		}

	}

}
