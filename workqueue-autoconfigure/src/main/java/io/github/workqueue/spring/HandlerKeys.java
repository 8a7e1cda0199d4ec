package io.github.workqueue.spring;

import java.time.Duration;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkControl;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a handler that has keys, one by one or in batches.
 *
 * @param <K> the type of the handler's argument
 */
abstract class HandlerKeys<K> extends HandlerWork implements KeyedWork<K>, KeyedWorkControl {

	HandlerKeys(HandlerSpec spec, WorkSupport support) {
		super(spec, support);
	}

	@Override
	public final String name() {
		return spec().name();
	}

	@Override
	public final boolean schedule(K key) {
		return enqueue(key, spec().delay());
	}

	@Override
	public final boolean schedule(K key, Duration delay) {
		return enqueue(key, Delays.check(delay));
	}

	private boolean enqueue(K argument, @Nullable Duration delay) {
		Object key = spec().keyOf(argument);
		if (enqueuer() == Enqueuer.IMMEDIATE) {
			return send(key, argument, delay);
		}
		return enqueuer().enqueue(new KeyedRequest.Identity(this, key), new KeyedRequest(argument, delay),
				(first, last) -> first.merge(last, spec().debounce()),
				(request) -> send(key, request.argument(), request.delay()));
	}

	/**
	 * Sends a request to the engine.
	 * @param delay the delay; null to queue at once
	 */
	abstract boolean send(Object key, Object argument, @Nullable Duration delay);

	@Override
	public final String toString() {
		return "keyed work '" + name() + "'";
	}

}
