package io.github.workqueue.spring;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * The latest argument of every key that is pending, for keys that are computed from the
 * argument.
 * <p>
 * An argument is there from before the request is made until the key is idle: who ends a
 * request, a cancellation or a run drops it, unless another request is under way or has
 * made the key pending again. The map's own lock of a key guards its arguments.
 */
final class LatestArguments {

	private final ConcurrentMap<Object, Arguments> entries = new ConcurrentHashMap<>();

	private final KeyedWork<Object> work;

	LatestArguments(KeyedWork<Object> work) {
		this.work = work;
	}

	/**
	 * Makes a request that carries an argument.
	 * @param merged what the request returns if it finds the key pending
	 * @throws WorkRejectedException if the request is refused, and no run has begun with
	 * its argument
	 */
	boolean request(Object key, Object argument, BooleanSupplier request, boolean merged) {
		Arguments.Request own = new Arguments.Request(argument);
		this.entries.compute(key, (same, entry) -> ((entry != null) ? entry : new Arguments()).add(own));
		boolean result;
		try {
			result = request.getAsBoolean();
		}
		catch (WorkRejectedException ex) {
			if (withdraw(key, own)) {
				throw ex;
			}
			return merged;
		}
		catch (RuntimeException | Error ex) {
			withdraw(key, own);
			throw ex;
		}
		settle(key, own);
		return result;
	}

	private void settle(Object key, Arguments.Request own) {
		this.entries.computeIfPresent(key, (same, entry) -> {
			entry.settle(own);
			return orNothing(same, entry);
		});
	}

	/** Returns false if a run has begun with the argument. */
	private boolean withdraw(Object key, Arguments.Request own) {
		AtomicBoolean withdrawn = new AtomicBoolean();
		this.entries.computeIfPresent(key, (same, entry) -> {
			withdrawn.set(entry.withdraw(own));
			return orNothing(same, entry);
		});
		return withdrawn.get();
	}

	/**
	 * Returns the argument for the run that begins.
	 */
	@Nullable Object take(Object key) {
		AtomicReference<@Nullable Object> taken = new AtomicReference<>();
		this.entries.computeIfPresent(key, (same, entry) -> {
			taken.set(entry.take());
			return entry;
		});
		return taken.get();
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
				(same, entry) -> (!entry.isUnderWay() && !this.work.isPending(same)) ? null : entry);
	}

	/**
	 * A run becomes visible before its key ceases to be pending, so that is asked first.
	 */
	private @Nullable Arguments orNothing(Object key, Arguments entry) {
		boolean idle = !this.work.isPending(key) && !this.work.isRunning(key);
		return (entry.isEmpty() || (!entry.isUnderWay() && idle)) ? null : entry;
	}

	int size() {
		return this.entries.size();
	}

}
