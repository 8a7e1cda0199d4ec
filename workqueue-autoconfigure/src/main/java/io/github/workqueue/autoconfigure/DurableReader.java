package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.workqueue.autoconfigure.WorkqueueProperties.Durable;
import io.github.workqueue.spring.Mistake;

/**
 * Notes every mistake in what is configured for all durable queues.
 */
final class DurableReader {

	private static final int LEAST_MISSED = 4;

	private static final String TABLE = "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?";

	private final Durable durable;

	private final PropertyOrigins origins;

	private final List<Mistake> mistakes;

	DurableReader(Durable durable, PropertyOrigins origins, List<Mistake> mistakes) {
		this.durable = durable;
		this.origins = origins;
		this.mistakes = mistakes;
	}

	void check() {
		checkPositive("poll-interval", this.durable.getPollInterval());
		checkPositive("heartbeat-interval", this.durable.getHeartbeatInterval());
		if (this.durable.getMissedHeartbeats() < LEAST_MISSED) {
			mistake("missed-heartbeats", "is too small: a short pause would look like the death of an instance",
					"Use " + LEAST_MISSED + " or more.");
		}
		if (!this.durable.getTable().matches(TABLE)) {
			mistake("table", "is no name of a table",
					"Use letters, digits and underscores, with the schema and a dot before them if it is needed.");
		}
	}

	private void checkPositive(String key, Duration interval) {
		if (interval.toMillis() <= 0) {
			mistake(key, "is too short", "Use 1ms or more.");
		}
	}

	private void mistake(String key, String problem, String action) {
		this.mistakes.add(new Mistake(this.origins.describe("workqueue.durable." + key) + " " + problem + ".", action));
	}

}
