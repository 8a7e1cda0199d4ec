package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Work that was accepted and will not run, because its queue or engine ends: makes the
 * items idle and says so once, with their names and number.
 */
final class Leftovers {

	private static final System.Logger logger = System.getLogger(Leftovers.class.getName());

	/** Names in one message; more are only counted. */
	private static final int NAMES = 20;

	private Leftovers() {
	}

	/** Cancels the armed timers of a queue whose gate is closed. */
	static void ofDestroyed(EngineWorkqueue queue) {
		WorkqueueEngine engine = queue.engine;
		cancel(engine, "workqueue '" + queue.name() + "' was destroyed",
				() -> engine.timers.stealAll((item) -> item.target() == queue));
	}

	/** Cancels everything in an engine whose gates are closed. */
	static void ofClosed(WorkqueueEngine engine) {
		cancel(engine, "the workqueue engine was closed", () -> stealAll(engine));
	}

	private static List<EngineWorkItem> stealAll(WorkqueueEngine engine) {
		List<EngineWorkItem> items = new ArrayList<>(engine.timers.stealAll((item) -> true));
		for (EngineWorkqueue queue : engine.queues()) {
			for (QueueLink link : queue.links()) {
				items.addAll(link.pool.items.stealAll(link));
			}
		}
		return items;
	}

	private static void cancel(WorkqueueEngine engine, String what,
			Supplier<? extends List<? extends EngineWorkItem>> steal) {
		List<? extends EngineWorkItem> items;
		int section = engine.transit.enter();
		try {
			items = steal.get();
			for (EngineWorkItem item : items) {
				item.forgetAttempts();
				item.dropInstance();
				item.giveBack();
			}
		}
		finally {
			engine.transit.exit(section);
		}
		items.forEach(EngineWorkItem::afterCancel);
		report(what, items);
	}

	private static int dropped(EngineWorkItem item) {
		try {
			return item.definition.dropped(item);
		}
		catch (RuntimeException | Error ex) {
			logger.log(Level.ERROR, "the handler of work '" + item.name() + "' could not be told that it never ran",
					ex);
			return 1;
		}
	}

	private static void report(String what, Collection<? extends EngineWorkItem> items) {
		if (items.isEmpty()) {
			return;
		}
		Map<String, Integer> counts = new TreeMap<>();
		items.forEach((item) -> counts.merge(item.name(), dropped(item), Integer::sum));
		int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
		StringBuilder names = new StringBuilder();
		counts.entrySet().stream().limit(NAMES).forEach((entry) -> {
			names.append(names.isEmpty() ? "" : ", ").append(entry.getKey());
			if (entry.getValue() > 1) {
				names.append(" (").append(entry.getValue()).append(" times)");
			}
		});
		if (counts.size() > NAMES) {
			names.append(" and ").append(counts.size() - NAMES).append(" more names");
		}
		logger.log(Level.WARNING, what + " with " + sum + " accepted works that never ran: " + names);
	}

}
