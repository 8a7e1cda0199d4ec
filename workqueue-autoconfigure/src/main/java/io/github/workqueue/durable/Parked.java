package io.github.workqueue.durable;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Rows that this instance leaves alone: of works without a handler here, and those whose
 * key or argument it cannot read. Thread-safe.
 */
final class Parked {

	private static final Log logger = LogFactory.getLog(Parked.class);

	/**
	 * As many rows of one work as are left out of claims one by one. With more of them
	 * the work as a whole is left to others: a claim that names each would at last be one
	 * that no database takes, and nothing would run.
	 */
	static final int LIMIT = 500;

	/** Texts of ids that could not be read, by the work. */
	private final Map<String, Set<String>> unreadable = new ConcurrentHashMap<>();

	private final Set<String> unknown = ConcurrentHashMap.newKeySet();

	void add(WorkId id, UnreadableRunException cause) {
		Set<String> ids = this.unreadable.computeIfAbsent(id.work(), (absent) -> ConcurrentHashMap.newKeySet());
		if (!ids.add(id.text())) {
			return;
		}
		if (ids.size() == 1) {
			logger.warn("Rows of durable work '" + id.work() + "' are parked, 1 so far: " + cause.getMessage()
					+ ". They are left to instances that can read them");
		}
		else if (ids.size() == LIMIT) {
			logger
				.warn(LIMIT + " rows of durable work '" + id.work() + "' cannot be read here. All of its rows are left"
						+ " to other instances until this one is started again");
		}
	}

	/** The rows that a claim leaves out, of works that it asks for. */
	Collection<String> ids() {
		return this.unreadable.entrySet()
			.stream()
			.filter((work) -> !isWhole(work.getKey()))
			.flatMap((work) -> work.getValue().stream())
			.toList();
	}

	/** Whether all rows of a work are left alone. */
	boolean isWhole(String work) {
		return count(work) >= LIMIT;
	}

	long count(String work) {
		Set<String> ids = this.unreadable.get(work);
		return (ids != null) ? ids.size() : 0;
	}

	boolean contains(WorkId id) {
		return this.unreadable.getOrDefault(id.work(), Set.of()).contains(id.text());
	}

	/** Reports rows of a work that has no handler here, once. */
	void report(DurableCount count) {
		long rows = count.pending() + count.delayed();
		if (rows > 0 && this.unknown.add(count.work())) {
			logger.warn(rows + " rows of durable work '" + count.work()
					+ "' are parked: no handler of that name is here." + " They are left to instances that have one");
		}
	}

}
