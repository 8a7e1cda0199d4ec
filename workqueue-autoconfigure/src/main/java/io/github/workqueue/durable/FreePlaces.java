package io.github.workqueue.durable;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The free places of this instance's queues at one moment. Used by one thread.
 */
final class FreePlaces implements Places {

	private final Map<String, Object> queues = new LinkedHashMap<>();

	private final Map<Object, Integer> free = new HashMap<>();

	private boolean exhausted;

	static FreePlaces of(Collection<DurableTarget> targets, Runs runs) {
		FreePlaces places = new FreePlaces();
		for (DurableTarget target : targets) {
			Object queue = target.queue();
			int free = places.free.computeIfAbsent(queue, (absent) -> runs.free(absent, target.limit()));
			if (free > 0) {
				places.queues.put(target.work(), queue);
			}
		}
		return places;
	}

	@Override
	public Collection<String> works() {
		return this.queues.keySet();
	}

	@Override
	public int least() {
		return this.free.values().stream().mapToInt(Integer::intValue).filter((free) -> free > 0).min().orElse(0);
	}

	/** How many runs all queues can be given together. */
	int total() {
		return this.free.values().stream().mapToInt((free) -> Math.max(0, free)).sum();
	}

	@Override
	public boolean take(String work) {
		@Nullable Object queue = this.queues.get(work);
		int left = (queue != null) ? this.free.merge(queue, -1, Integer::sum) : -1;
		this.exhausted |= left < 0;
		return left >= 0;
	}

	/** Whether a row was found for which there was no place. */
	boolean isExhausted() {
		return this.exhausted;
	}

}
