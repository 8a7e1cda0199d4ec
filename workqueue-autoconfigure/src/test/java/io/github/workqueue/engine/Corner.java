package io.github.workqueue.engine;

import java.time.Duration;
import java.util.Locale;

import io.github.workqueue.WorkListener;

/**
 * Settings and constants of an engine at the end of their range. The system property
 * {@code workqueue.corner} names the corner of all engines that tests start without
 * choosing one, in small letters with hyphens.
 */
public enum Corner {

	/** Nothing is unusual. */
	NONE,

	/** There is one CPU. */
	ONE_CPU,

	/** No pool has more than one worker. */
	ONE_WORKER,

	/** A surplus worker ends at once. */
	NO_IDLE_TIME,

	/** Rescuers are called early and often. */
	EARLY_MAYDAY,

	/** A level of the timer wheel has two slots. */
	TINY_WHEEL,

	/**
	 * Producers leave two items to a pool's workers, and see to the others themselves.
	 */
	TINY_INBOX,

	/** A worker rests as soon as it has run out of items. */
	NO_LINGER,

	/** A worker waits very long for the next item before it rests. */
	LONG_LINGER;

	private static final int LONG_SPINS = 1 << 15;

	/** The corner that the system property names, {@link #NONE} by default. */
	static Corner ofSuite() {
		String name = System.getProperty("workqueue.corner", "none");
		return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
	}

	/** Whether items of one pool run one after the other. */
	public boolean hasOneWorker() {
		return this == ONE_WORKER;
	}

	/**
	 * Starts an engine.
	 * @param cpus the number of its CPUs, where the corner leaves a choice
	 * @param time its clock
	 * @param listener its listener
	 * @return the engine
	 */
	public WorkqueueEngine start(int cpus, TimeSource time, WorkListener listener) {
		return WorkqueueEngine.start(apply(Engines.settings(cpus).timeSource(time).listener(listener)).build());
	}

	EngineSettings.Builder apply(EngineSettings.Builder settings) {
		Tuning tuning = Tuning.DEFAULT;
		return switch (this) {
			case NONE -> settings;
			case ONE_CPU -> settings.cpus(1);
			case ONE_WORKER -> settings.maxWorkers(1);
			case NO_IDLE_TIME -> settings.idleTimeout(Duration.ZERO);
			case EARLY_MAYDAY ->
				settings.maydayInitialTimeout(Duration.ofMillis(1)).maydayInterval(Duration.ofMillis(1));
			case TINY_WHEEL ->
				settings.tuning(new Tuning(tuning.spins(), tuning.clockItems(), 1, tuning.inboxLength()));
			case TINY_INBOX -> settings.tuning(new Tuning(tuning.spins(), tuning.clockItems(), tuning.timerDigit(), 2));
			case NO_LINGER -> settings.tuning(spinning(0));
			case LONG_LINGER -> settings.tuning(spinning(LONG_SPINS));
		};
	}

	private static Tuning spinning(int spins) {
		Tuning tuning = Tuning.DEFAULT;
		return new Tuning(spins, tuning.clockItems(), tuning.timerDigit(), tuning.inboxLength());
	}

}
