package io.github.workqueue.durable;

import java.time.Duration;

/**
 * How durable work is kept.
 *
 * @param table the name of the table; those of the others begin with it
 * @param initialize when the tables are created
 * @param pollInterval how often rows are looked for that other instances left
 * @param heartbeatInterval how often this instance says that it lives
 * @param missedHeartbeats after how many missed ones it is dead; at least 4
 */
public record DurableSettings(String table, Initialize initialize, Duration pollInterval, Duration heartbeatInterval,
		int missedHeartbeats) {

	/** The least number of heartbeats that an instance may miss. */
	static final int LEAST_MISSED = 4;

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one of them makes no sense
	 */
	public DurableSettings {
		requirePositive("pollInterval", pollInterval);
		requirePositive("heartbeatInterval", heartbeatInterval);
		if (missedHeartbeats < LEAST_MISSED) {
			throw new IllegalArgumentException(
					"'missedHeartbeats' is " + missedHeartbeats + "; it must be at least " + LEAST_MISSED);
		}
	}

	private static void requirePositive(String name, Duration duration) {
		if (duration.toMillis() <= 0) {
			throw new IllegalArgumentException("'" + name + "' is " + duration + "; it must be at least 1 ms");
		}
	}

	/**
	 * When the tables are created.
	 */
	public enum Initialize {

		/** At every start, as far as they are missing. */
		ALWAYS,

		/** Only in a database that lives in this process. */
		EMBEDDED,

		/** Never. */
		NEVER

	}

}
