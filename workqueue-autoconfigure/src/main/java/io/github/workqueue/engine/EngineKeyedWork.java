package io.github.workqueue.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.engine.WorkState.Take;
import org.jspecify.annotations.Nullable;

/**
 * A work item per key, as long as the key is pending or running. A request that meets a
 * retired item makes a fresh one, so two items of one key are never in use.
 *
 * @param <K> the type of the keys
 */
final class EngineKeyedWork<K> implements KeyedWork<K> {

	final WorkDefinition definition;

	private final ConcurrentMap<Object, KeyItem> items = new ConcurrentHashMap<>();

	EngineKeyedWork(WorkDefinition definition) {
		this.definition = definition;
	}

	@Override
	public String name() {
		return this.definition.name();
	}

	@Override
	public boolean schedule(K key) {
		EngineWorkqueue home = this.definition.home();
		return request(key, (item) -> home.requests.tryQueue(item, EngineWorkqueue.ANY_CPU)) == Take.TAKEN;
	}

	@Override
	public boolean schedule(K key, Duration delay) {
		EngineWorkqueue home = this.definition.home();
		long nanos = Durations.nanos("delay", delay);
		return request(key,
				(item) -> home.requests.tryQueueDelayed(item, EngineWorkqueue.ANY_CPU, nanos)) == Take.TAKEN;
	}

	@Override
	public boolean modify(K key, Duration delay) {
		EngineWorkqueue home = this.definition.home();
		long nanos = Durations.nanos("delay", delay);
		return request(key,
				(item) -> home.requests.tryModDelayed(item, EngineWorkqueue.ANY_CPU, nanos)) == Take.PENDING;
	}

	@Override
	public boolean debounce(K key, Duration delay, @Nullable Duration maxWait) {
		EngineWorkqueue home = this.definition.home();
		long nanos = Durations.nanos("delay", delay);
		long limit = (maxWait != null) ? Durations.nanos("maxWait", maxWait) : Long.MAX_VALUE;
		return request(key, (item) -> home.requests.tryDebounce(item, nanos, limit)) == Take.TAKEN;
	}

	/** Makes a request of the key's item; of a fresh one if it was retired. */
	private Take request(K key, Request request) {
		Objects.requireNonNull(key, "'key' must not be null");
		for (;;) {
			KeyItem item = this.items.get(key);
			if (item == null) {
				item = this.items.computeIfAbsent(key, (absent) -> new KeyItem(this, absent));
			}
			Take outcome = tryRequest(item, request);
			if (outcome != Take.RETIRED) {
				return outcome;
			}
			forget(item);
		}
	}

	private static Take tryRequest(KeyItem item, Request request) {
		boolean accepted = false;
		try {
			Take outcome = request.of(item);
			accepted = true;
			return outcome;
		}
		finally {
			if (!accepted) {
				item.afterCancel();
			}
		}
	}

	/** Drops a retired item. */
	void forget(KeyItem item) {
		this.items.remove(item.key(), item);
	}

	@Override
	public boolean cancel(K key) {
		KeyItem item = find(key);
		return item != null && item.cancel();
	}

	@Override
	public boolean cancelSync(K key) throws InterruptedException {
		KeyItem item = find(key);
		return item != null && item.cancelSync();
	}

	@Override
	public boolean flush(K key) throws InterruptedException {
		KeyItem item = find(key);
		return item != null && item.flush();
	}

	@Override
	public boolean isPending(K key) {
		KeyItem item = find(key);
		return item != null && item.isPending();
	}

	@Override
	public boolean isRunning(K key) {
		KeyItem item = find(key);
		return item != null && item.isRunning();
	}

	private @Nullable KeyItem find(K key) {
		return this.items.get(Objects.requireNonNull(key, "'key' must not be null"));
	}

	@Override
	public int size() {
		return this.items.size();
	}

	@Override
	public String toString() {
		return "keyed work '" + name() + "'";
	}

	/** A request of one item. */
	@FunctionalInterface
	private interface Request {

		Take of(KeyItem item);

	}

}
