package io.github.workqueue.spring;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;

import io.github.workqueue.KeyedWork;
import org.jspecify.annotations.Nullable;

/**
 * The latest argument of every key that is pending, for keys that are computed from the
 * argument.
 * <p>
 * An argument is there from before the request is made until the key is idle: who ends a
 * request, a cancellation or a run drops it, unless another request is under way or has
 * made the key pending again.
 */
final class LatestArguments {

	private final ConcurrentMap<Object, Entry> entries = new ConcurrentHashMap<>();

	private final KeyedWork<Object> work;

	LatestArguments(KeyedWork<Object> work) {
		this.work = work;
	}

	/**
	 * Makes a request that carries an argument.
	 */
	boolean request(Object key, Object argument, BooleanSupplier request) {
		this.entries.compute(key, (same, entry) -> new Entry(argument, ((entry != null) ? entry.requests() : 0) + 1));
		try {
			return request.getAsBoolean();
		}
		finally {
			this.entries.computeIfPresent(key,
					(same, entry) -> orNothing(same, new Entry(entry.argument(), entry.requests() - 1)));
		}
	}

	/**
	 * Returns the argument for the run that begins.
	 */
	@Nullable Object get(Object key) {
		Entry entry = this.entries.get(key);
		return (entry != null) ? entry.argument() : null;
	}

	/**
	 * Drops the argument of a key that may have become idle.
	 */
	void release(Object key) {
		this.entries.computeIfPresent(key, this::orNothing);
	}

	/**
	 * Drops the argument of a key whose run ends, unless it is pending again. Called
	 * within the run.
	 */
	void endRun(Object key) {
		this.entries.computeIfPresent(key,
				(same, entry) -> (entry.requests() == 0 && !this.work.isPending(same)) ? null : entry);
	}

	/**
	 * A run becomes visible before its key ceases to be pending, so that is asked first.
	 */
	private @Nullable Entry orNothing(Object key, Entry entry) {
		boolean idle = !this.work.isPending(key) && !this.work.isRunning(key);
		return (entry.requests() == 0 && idle) ? null : entry;
	}

	int size() {
		return this.entries.size();
	}

	/**
	 * An argument, and how many requests of its key are under way.
	 */
	private record Entry(Object argument, int requests) {
	}

}
